"""Somebody else's count: nothing of it changes by what a device tells under the name that another gave its count."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.counting import identity
from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import StockKey
from sync.central.database.master_tables import BY_STRUCT, row_of
from sync.central.database.store import CentralStore
from sync.central.database.tables import count_closings, missing_plates
from sync.central.events import count_told
from sync.central.events.sender import Sender
from sync.central.intake.apply import apply_batch
from tests.central.counting.centre import RECEIVED_US, Centre, Rules, rolled_back
from tests.counting.floor import S1, SITE, THIEF, W1, Floor, key, on_claim, on_closing
from tests.extent import extent

A, BOLT, C = key("A"), key("A", "BOLT"), key("C")
Theft = Callable[[Floor, Sequence[Event]], list[Event]]


def _closing(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    return [floor.closed("c1", "A", "10:30", 0, THIEF, begun="10:29")]


def _early_closing(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    return [floor.closed("c1", "A", "09:30", 0, THIEF, begun="09:29")]


def _closing_elsewhere(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    return [floor.closed("c1", "B", "10:30", 0, THIEF, begun="10:29")]


def _line(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    return [floor.counted("c1", A, 3, "10:02", THIEF)]


def _line_of_what_was_not_there(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    """It would exempt a key from the closing."""
    return [floor.counted("c1", BOLT, 3, "10:02", THIEF)]


def _unsaid(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    return [floor.counted("c1", A, 3, "10:02", THIEF, is_said=False)]


def _unknown_code(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    """The closing would wait for it."""
    return [floor.counted("c1", A, 3, "10:02", THIEF, code="odd")]


def _sighting(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    """The plate would be missing no more."""
    return [floor.sighted("c1", "P2", "A", "10:01", THIEF)]


def _line_and_undo(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    line = floor.counted("c1", A, 3, "10:02", THIEF)
    return [line, floor.undone(line, "10:03", THIEF)]


def _closing_and_undo(floor: Floor, _own: Sequence[Event]) -> list[Event]:
    closing = floor.closed("c1", "A", "10:30", 0, THIEF)
    return [closing, floor.undone(closing, "10:31", THIEF)]


def _undo_of_the_line(floor: Floor, own: Sequence[Event]) -> list[Event]:
    return [floor.undone(own[0], "10:31", THIEF)]


def _undo_of_the_closing(floor: Floor, own: Sequence[Event]) -> list[Event]:
    return [floor.undone(own[-1], "10:31", THIEF)]


THEFTS: Sequence[Theft] = (
    _closing, _early_closing, _closing_elsewhere, _line, _line_of_what_was_not_there, _unsaid, _unknown_code,
    _sighting, _line_and_undo, _closing_and_undo, _undo_of_the_line, _undo_of_the_closing,
)  # fmt: skip
_UNDOING = (_undo_of_the_line, _undo_of_the_closing)
MOMENTS = ("before", "within", "after", "accepted", "accepted as a whole", "at the end")


def _told(store: CentralStore, thefts: Sequence[Theft], moment: str) -> dict[str, Any]:
    """What the centre keeps of a count, whatever it was told at a moment under its name by somebody else."""
    floor = Floor()
    with rolled_back(store, Rules()) as centre:
        centre.push([floor.came(A, 10), floor.came(BOLT, 4)])
        own = [
            floor.counted("c1", A, 7, "10:00"),
            floor.sighted("c1", "P1", "A", "10:04"),
            floor.closed("c1", "A", "10:05", 1, sightings=1),
        ]
        words = [
            floor.said("accept", [on_claim("c1", A, own[0], pieces=-3)], "11:00", S1),
            floor.said("accept", [on_closing(own[-1])], "11:01", S1),
        ]
        steps = dict(zip(MOMENTS, ([], own[:1], own[1:], words[:1], words[1:], []), strict=True))
        stolen = {moment: [one for theft in thefts for one in theft(floor, own)]}
        answers = []
        for name, honest in steps.items():
            answers += centre.push(honest)
            centre.push(stolen.get(name, ()))
        return _kept_of(centre) | {"told": [(str(one.outcome), one.reasons) for one in answers]}


def _kept_of(centre: Centre) -> dict[str, Any]:
    own = identity.count_name(W1.device, "c1")
    rows = BY_STRUCT[CountOpen]
    execute = centre.connection.execute
    of_own = (count_closings.c.count_id == own, count_closings.c.device == W1.device)
    open_count = execute(select(*(rows.table.c[name] for name in rows.fields)).where(rows.table.c.count == own)).one()
    return {
        "claims": {one.claim.key: one for one in centre.kept().values() if one.claim.count == own},
        "closings": execute(select(count_closings).where(*of_own)).all(),
        "plates": {row.plate for row in execute(select(missing_plates)).all() if row.count_id == own},
        "open": row_of(rows, tuple(open_count)),
        "book": [centre.pieces(what) for what in (A, BOLT, C)],
        "breaches": centre.breaches(),
    }


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_another_device_tells_under_the_name_of_a_count_is_of_a_count_of_its_own(
    moment: str, floor_store: CentralStore
) -> None:
    honest = _told(floor_store, (), moment)
    assert (honest["book"], honest["breaches"]) == ([7, 0, 0], [])
    assert honest["plates"] == {"P2"}
    for thefts in (THEFTS, *((theft,) for theft in THEFTS[: extent(0, len(THEFTS))])):
        told = _told(floor_store, thefts, moment)
        if _closing in thefts:  # what a plate is missing by is the last closing of its place: here the thief's own
            told |= {"plates": honest["plates"]}
        assert told == honest, thefts


@pytest.mark.parametrize("theft", [theft for theft in THEFTS if theft not in _UNDOING])
def test_it_would_be_noticed_if_a_count_were_known_by_its_name_alone(
    theft: Theft, floor_store: CentralStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each theft but those that only take back, which is a matter of rights."""
    monkeypatch.setattr(count_told, "count_name", lambda _device, count: f"d1/{count}" if count else "")
    honest = _told(floor_store, (), "at the end")
    assert any(_told(floor_store, (theft,), moment) != honest for moment in reversed(MOMENTS))


def test_who_counts_on_with_another_badge_goes_on_with_the_same_count(floor_store: CentralStore) -> None:
    """A device says whose count it is; that two badges are one person is for it to know, and for whoever decides."""
    floor = Floor()
    with rolled_back(floor_store, Rules()) as centre:
        other = W1._replace(operator="w3")
        lines = [floor.counted("c1", A, 7, "10:00"), floor.counted("c1", BOLT, 4, "10:02", other)]
        closing = floor.closed("c1", "A", "10:05", 2, other)
        centre.push([floor.came(A, 10), floor.came(BOLT, 4), *lines, closing])
        assert centre.speaking() == {closing.id: (True, 0, 0)}
        assert {one.claim.key for one in centre.kept().values()} == {A, BOLT}


def test_a_count_goes_on_in_a_new_epoch_of_its_device(floor_store: CentralStore) -> None:
    """A cache that was put back is the same device: what it counted before is of the count that it closes."""
    floor = Floor()
    with rolled_back(floor_store, Rules()) as centre:
        line = floor.counted("c1", A, 7, "10:00")
        closing = floor.closed("c1", "A", "10:05", 1)
        again = replace(closing, epoch=2, sequence=1)
        centre.push([floor.came(A, 10), line])
        apply_batch(centre.connection, Sender(SITE, W1.device, 2), [msgspec.json.encode(again)], RECEIVED_US)
        assert centre.speaking() == {again.id: (True, 0, 0)}
        (claim,) = [one.claim for one in centre.kept().values()]
        assert (claim.count, claim.key) == ("d1/c1", A)


def _stolen_name(what: StockKey) -> str:
    return identity.claim_id(identity.count_name(THIEF.device, "c1"), what)


def test_a_word_on_what_was_told_under_the_name_of_anothers_count_is_on_that_alone(floor_store: CentralStore) -> None:
    floor = Floor()
    with rolled_back(floor_store, Rules()) as centre:
        honest, other = floor.counted("c1", A, 7, "10:00"), floor.counted("c1", A, 2, "10:30", THIEF)
        word = floor.said("reject", [on_claim("c1", A, other, pieces=-5)], "11:00", S1)
        centre.push([floor.came(A, 10), honest, other, word])
        standing = {name: one.state.standing.value for name, one in centre.kept().items()}
        own = on_claim("c1", A, honest).id
        assert standing == {own: "waiting", _stolen_name(A): "rejected"}
        assert centre.listed() == {own}
