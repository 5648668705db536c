"""What came back, as an exchange brings it: kept on the device, and the outcomes of its own events follow."""

from typing import Protocol

from scanner_app.store.journal import Answered
from scanner_app.store.lookups.came_back import Returned
from scanner_app.store.store import Store
from sync.protocol import Back, ExchangeAnswer, SignedOn


class Asked(Protocol):
    """For whom an exchange asked what came back, and what it told."""

    @property
    def everybody(self) -> tuple[SignedOn, ...]: ...

    @property
    def told(self) -> tuple[int, ...]: ...


def keep_back(store: Store, asked: Asked, answer: ExchangeAnswer) -> None:
    """Keep what an answer brings. A word on a word changes no outcome: only what was decided of an event does."""
    people = [who.operator for who in asked.everybody]
    fresh = store.came_back.keep(map(_returned, answer.back), answer.back_cursor, people, asked.told)
    changed = [(back.event, _answered(back)) for back in answer.back if back.number in fresh and not back.subjects]
    if changed:
        store.journal.follow(changed)


def _returned(back: Back) -> Returned:
    return Returned(
        back.number, back.event, back.operator, back.device, back.outcome.value, back.reasons, back.by, back.when_us,
        back.subject, back.subjects, back.place, back.item, back.quantity, back.happened_us, back.is_told,
    )  # fmt: skip


def _answered(back: Back) -> Answered:
    outcome = back.outcome
    return Answered(0, outcome.value, back.version, back.reasons, outcome.counts_as_stock)
