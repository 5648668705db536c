"""Rules of recounts, each broken on purpose."""

from typing import Any

from msgspec.structs import replace

from scanner_app.domain.counting import fold, recount, settle
from scanner_app.domain.counting.state import Standing
from tests.counting.mutations.mutation import broken


@broken("a recount lets only so much stand", settle, "is_recount_worth", "a recount agrees, of more value")
def _(_worth: Any) -> Any:
    return lambda *_: True


@broken("a recount finds what must be there", fold, "agrees", "a recount finds something else")
def _(agrees: Any) -> Any:
    return lambda claim, first, between, _legs: agrees(claim, first, between, claim.quantity - first.claim.quantity)


@broken("what moved between a claim and its recount counts", fold, "agrees", "a recount by another agrees, but")
def _(agrees: Any) -> Any:
    return lambda claim, first, between, _legs: agrees(claim, first, between, 0)


@broken("who recounts was not shown the first", fold, "agrees", "a recount by somebody who was shown")
def _(agrees: Any) -> Any:
    return lambda claim, *rest: agrees(replace(claim, was_shown=False), *rest)


@broken("who recounts is another person", fold, "agrees", "a recount by the same person")
def _(agrees: Any) -> Any:
    return lambda claim, *rest: agrees(replace(claim, persons=frozenset()), *rest)


@broken("a rejected claim is confirmed by nothing", fold, "agrees", "a recount agrees with what was rejected")
def _(agrees: Any) -> Any:
    return lambda claim, first, *rest: agrees(
        claim, first._replace(state=replace(first.state, standing=Standing.WAITING)), *rest
    )


@broken("nothing accepted lies between a claim and its recount", fold, "agrees", "38 ")
def _(agrees: Any) -> Any:
    return lambda claim, first, _between, legs: agrees(claim, first, [], legs)


@broken("a serial accepted elsewhere is not here", recount, "speaks_of", "a serial is accepted elsewhere")
def _(_speaks: Any) -> Any:
    return lambda claim, key: claim.key == key


@broken("a recount is of the same key", fold, "recounted", "a recount of another key")
def _(_recounted: Any) -> Any:
    return lambda claim, before: next((one for one in before if one.claim.id == claim.recounts), None)
