"""The tokens of readers: list, withdraw: ``scanner central tokens ...``."""

from typing import TYPE_CHECKING

import click

from scanner_app.cli.data import open_central
from scanner_app.cli.desk.shown import AS_JSON, SITE, ago, inherited, show
from scanner_app.cli.printing import say

if TYPE_CHECKING:
    from sync.central.sites.read_tokens import ReadTokenRow


@click.group(invoke_without_command=True)
@SITE
@AS_JSON
@click.pass_context
def tokens(context: click.Context, site: str, as_json: bool) -> None:
    """List who may read the postings of a site; 'central token' gives a token, and no list shows one."""
    from sync.central.decisions.desk_administration import site_meant
    from sync.central.sites.read_tokens import tokens_of

    if context.invoked_subcommand is None:
        store = open_central(context.obj)
        where = site_meant(store, site)
        show(store.read(lambda connection: tokens_of(connection, where)), _line, as_json=as_json)


def _line(row: "ReadTokenRow") -> str:
    return f"{row.name}: given {ago(row.given_us)}{', WITHDRAWN' if row.is_withdrawn else ''}"


@tokens.command()
@SITE
@click.argument("name")
@click.pass_context
def withdraw(context: click.Context, site: str, name: str) -> None:
    """Make the token of the reader NAME void."""
    from sync.central.decisions.desk_administration import site_meant
    from sync.central.sites.administration import withdraw_token

    store = open_central(context.obj)
    withdraw_token(store, site_meant(store, inherited(context, site)), name)
    say(f"The token of {name} is void.")
