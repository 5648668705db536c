"""Rules of the list, each broken on purpose."""

from typing import Any

from msgspec.structs import replace

from scanner_app.domain.counting import the_list
from tests.counting.mutations.mutation import broken


@broken("of a key the newest claim is on the list", the_list, "listed", "19 ")
def _(listed: Any) -> Any:
    return lambda claims, key: listed(claims[:1], key)


@broken("what was accepted later hides what waits", the_list, "_replaces", "22 the earlier")
def _(_replaces: Any) -> Any:
    return lambda *_: False


@broken("what stands by rule hides nothing", the_list, "_replaces", "a count that stands by rule hides")
def _(_replaces: Any) -> Any:
    return lambda later, _one: later.state.stands


@broken(
    "goods of which nobody said whose they are are one row",
    the_list,
    "_rows",
    "28 on hold, counted without a word on status, c",
)
def _(rows: Any) -> Any:
    return lambda claims: rows([one._replace(state=replace(one.state, is_unsaid=False)) for one in claims])
