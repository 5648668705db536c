"""How a row is shown: as one JSON object, or as words, in which nothing that came from elsewhere steers a terminal."""

import json
import time
from collections.abc import Callable, Iterable
from typing import Any

import click
import msgspec

from scanner_app.cli.printing import say
from screens.clean import clean

AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a row.")
SITE = click.option("--site", default="", help="The site; not needed where there is only one.")
REASON = click.option("--reason", default="", help="Why, for those who read it later.")


def show(rows: Iterable[Any], line: Callable[[Any], str], *, as_json: bool) -> None:
    """Print structs, each in a row; ASCII only as JSON: a name may hold what drives a terminal."""
    for row in rows:
        say(json.dumps(msgspec.to_builtins(row)) if as_json else clean(line(row)))


def now_us() -> int:
    return time.time_ns() // 1000


def ago(us: int) -> str:
    """How long ago something was; *never* for 0."""
    if not us:
        return "never"
    seconds = max(0, (now_us() - us) // 1_000_000)
    for size, word in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {word} ago"
    return f"{seconds} seconds ago"


def inherited(context: click.Context, site: str) -> str:
    """A site that is named before the word of a command, or behind it."""
    return site or (context.parent.params.get("site", "") if context.parent else "")
