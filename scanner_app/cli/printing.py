"""Printing: the one door by which commands write on a terminal; what others have written does nothing there."""

import sys
from collections.abc import Iterable

import click

from scanner_app.domain.harmless import harmless


def say(text: object = "", *, err: bool = False) -> None:
    """Print a line; what would drive the terminal is replaced."""
    click.echo(harmless(str(text)), err=err)


def pour(texts: Iterable[str]) -> None:
    """Write out data as it is into a file or a pipe; on a terminal what would drive it is replaced."""
    is_shown = sys.stdout.isatty()
    for text in texts:
        click.echo(harmless(text) if is_shown else text, nl=False)
