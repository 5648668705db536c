"""Each rule of adjusting broken on purpose is noticed by a history of counts that has adjustments in it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from scanner_app.domain.counting.state import Standing
from scanner_app.domain.events.decided import Word
from sync.central.database.store import CentralStore, init_store
from sync.central.intake import annulments, apply, event_words
from sync.central.intake.approval.approving import Approving
from sync.central.intake.judges import adjustments
from sync.central.intake.judges.adjustments import AdjustmentJudge
from tests.central.counting.centre import import_floor
from tests.central.counting.followed_site import follow
from tests.counting.histories import history
from tests.counting.site import WAITING_REASONS

Method = Callable[..., Any]
SEEDS = (16, 10, 28, 34, 70, 76, 106, 136)
"""Of histories with adjustments, among which goods are taken out of another's hand."""


@pytest.fixture(scope="module")
def floor_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralStore]:
    folder = tmp_path_factory.mktemp("mutations")
    with closing(init_store(f"sqlite:///{folder}/centre.db")) as store:
        import_floor(store, folder / "sheets")
        yield store


def test_histories_have_all_that_becomes_of_adjustments() -> None:
    """So that what holds in them holds of each."""
    seen: set[str] = set()
    for seed in SEEDS:
        site = history(seed).site
        seen |= {f"{one.saying.word} {one.saying.subject.kind}" for one in site.heard if not one.verdict.why}
        seen |= {kept.state.standing.value for kept in site.folded.kept}
        kinds = {type(event.fact).__name__ for event in site.events.values() if event.fact.given[0] in _WAITING}
        seen |= {f"waits {kind}" for kind in kinds}
        seen |= {"late" for name in site.accepted for kept in site.folded.kept if _absorbs(site, name, kept)}
    wanted = {
        "accept adjustment", "reject adjustment", "withdraw adjustment", "release event", "void event",
        "identify event", "waits Adjusted", "waits Changed", Standing.AGREED.value, "late",
    }  # fmt: skip
    assert wanted - seen == set()


_WAITING = frozenset(WAITING_REASONS.values())


def _absorbs(site: Any, name: str, kept: Any) -> bool:
    """Say whether a count of its goods that stands is later than what was accepted."""
    leg = site.events[name].fact.legs[0]
    is_of_it = kept.claim.key in (leg.source, leg.target)
    return is_of_it and kept.state.stands and kept.claim.instant.time_us > leg.wall_us


def _taken_for(word: Word, other: Word) -> Callable[[Method], Method]:
    """A judge that takes one word for another."""
    return lambda after: lambda judge, case, said, before: after(judge, case, other if said == word else said, before)


BROKEN: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
    "what goes too far waits": (Approving, "_why", lambda _why: lambda *_: iter(())),
    "what is accepted is booked": (AdjustmentJudge, "_turn", lambda _turn: lambda *_, **_more: None),
    "what is rejected is void": (AdjustmentJudge, "_after", _taken_for(Word.REJECT, Word.ACCEPT)),
    "what is withdrawn leaves the book": (AdjustmentJudge, "turned", lambda _turned: ()),
    "what is accepted again is there again": (
        AdjustmentJudge, "turned",
        lambda turned: property(lambda judge: [one for one in turned.fget(judge) if not one.is_in]),
    ),
    "what was booked once writes its own rows once": (adjustments, "_was_accepted", lambda _was: lambda _said: False),
    "nobody accepts their own": (adjustments, "person_of", lambda _person: lambda _persons, _operator: ""),
    "counts are told of what is accepted": (
        apply, "count_news", lambda news: lambda _counted, undone, **more: news([], undone, **more),
    ),
    "what never happened stays out when it is accepted": (annulments, "_waited_for", lambda _waited: lambda *_: []),
    "what is released is booked": (event_words, "LIFTED", lambda _lifted: frozenset()),
}  # fmt: skip
"""What holds, where it is done, and how it is broken."""

RARE = {"nobody accepts their own": 136, "what is released is booked": 682}
"""Where a history that notices it is far."""


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_noticed_by_a_history(
    rule: str, floor_store: CentralStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, name, made = BROKEN[rule]
    monkeypatch.setattr(where, name, made(vars(where)[name]))
    assert any(_is_noticed(floor_store, seed) for seed in (RARE.get(rule, SEEDS[0]), *SEEDS))


def _is_noticed(store: CentralStore, seed: int) -> bool:
    """Whatever tells it: what is held after each push, verify, or that the book cannot be written."""
    try:
        follow(store, seed)
    except Exception:  # noqa: BLE001
        return True
    return False
