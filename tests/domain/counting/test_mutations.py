"""Each rule of counting broken on purpose is noticed: by a case, or, where a walk is broken, by a history."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from scanner_app.domain.counting import doubt
from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.one_walk import OneWalk
from scanner_app.domain.counting.state import Kept, State
from scanner_app.domain.ledger import StockKey
from tests.counting import promise
from tests.counting.cases.every import EVERY
from tests.counting.floor import Floor
from tests.counting.followed import followed
from tests.counting.held import held_to
from tests.counting.histories import history
from tests.counting.mutations.every import MUTATIONS
from tests.counting.mutations.mutation import Mutation
from tests.counting.site import Site
from tests.counting.told import limits_of, told


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.rule)
def test_a_broken_rule_is_noticed_by_a_case(mutation: Mutation, monkeypatch: pytest.MonkeyPatch) -> None:
    (name,) = [name for name in EVERY if name.startswith(MUTATIONS[mutation])]
    monkeypatch.setattr(mutation.where, mutation.name, mutation.made(getattr(mutation.where, mutation.name)))
    with pytest.raises((AssertionError, KeyError, ValueError)):
        tell(name)


def tell(name: str) -> None:
    floor = Floor()
    story = EVERY[name](floor)
    held_to(story, told(story, story.events, floor, Site(limits_of(story))))


Method = Callable[..., Any]
BROKEN_WALKS: dict[tuple[str, int, str], Callable[[Method], Any]] = {}
"""How a walk is broken, by the rule, the history that notices it, and the name of the method."""


def broken(rule: str, seed: int, name: str) -> Callable[[Callable[[Method], Any]], None]:
    def register(made: Callable[[Method], Any]) -> None:
        BROKEN_WALKS[rule, seed, name] = made

    return register


@broken("what a claim books is carried on", 1, "_book")
def _(_book: Method) -> Method:
    return lambda *_: None


@broken("a claim that is gone takes what it booked with it", 15, "_leave")
def _(_leave: Method) -> Method:
    return lambda *_: None


@broken("what is posted is carried on", 5, "_post")
def _(_post: Method) -> Method:
    return lambda *_: None


@broken("a new claim is corrected by adjustments", 14, "_met")
def _(met: Method) -> Method:
    def broken(walk: OneWalk, claim: Claim, held: Mapping[StockKey, int]) -> Any:
        return met(walk, claim, {key: held.get(key, 0) - walk._adjusted[key] for key in {*held, *walk._adjusted}})

    return broken


@broken("a new claim has met the postings", 6, "_met")
def _(met: Method) -> Method:
    def broken(walk: OneWalk, claim: Claim, held: Mapping[StockKey, int]) -> Any:
        return met(walk, claim, {key: held.get(key, 0) + walk._posted[key] for key in {*held, *walk._posted}})

    return broken


@broken("a leg that comes or goes makes doubt", 15, "_overlapping")
def _(_overlapping: Method) -> Method:
    return lambda *_: ()


@broken("legs near a new claim make doubt", 2, "near")
def _(_near: Method) -> Method:
    return lambda *_: None


@broken("a serial is looked for at every place", 6, "_corrected_parts")
def _(_corrected: Method) -> Method:
    return lambda _walk, _claim, was, _doubts: was.parts


@broken("what a count left unsaid holds for all that it says", 12, "_around")
def _(around: Method) -> Method:
    return lambda *args: around(*args)._replace(is_unsaid=False)


@broken("what was adjusted between a claim and its recount did not move", 168, "_agrees")
def _(agrees: Method) -> Method:
    def broken(walk: OneWalk, claim: Claim, met: State) -> bool:
        behind = walk._behind
        walk._behind = [Kept(one.claim, replace(one.state, adjustment=0)) for one in behind]
        answer = bool(agrees(walk, claim, met))
        walk._behind = behind
        return answer

    return broken


@broken("a window that ended too early is told", 50, "carries")
def _(_carries: Method) -> property:
    return property(lambda _walk: False)


@broken("what somebody said is looked at", 1, "_is_affected")
def _(affected: Method) -> Method:
    def broken(walk: OneWalk, stop: Any, first: Any) -> bool:
        walk._touched = set()
        return bool(affected(walk, stop, first))

    return broken


@pytest.mark.parametrize("broken", BROKEN_WALKS, ids=lambda one: one[0])
def test_a_broken_walk_is_noticed_by_a_history(broken: tuple[str, int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    _rule, seed, name = broken
    followed(seed)
    monkeypatch.setattr(OneWalk, name, BROKEN_WALKS[broken](getattr(OneWalk, name)))
    with pytest.raises(AssertionError):
        followed(seed)


def test_without_doubt_the_promise_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The history says that a claim stands which a leg by a clock that errs may have overlapped."""
    assert promise.broken(history(168)) == []
    monkeypatch.setattr(doubt, "overlaps", lambda *_: False)
    assert promise.broken(history(168)) != []
