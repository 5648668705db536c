"""What should not come from two people, another site, or as a word, and does: each has an outcome and a sentence."""

from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.catalog import Site
from scanner_app.domain.events.decided import SUBJECTS_MAX
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.people import Operator
from scanner_app.workflows.today.phrases import REASONS
from sync.central.database.master_tables import BY_STRUCT, cells
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.intake.apply import apply_batch
from tests.central.counting.centre import RECEIVED_US, Centre, Rules, rolled_back
from tests.central.counting.situation import POSTED, A, Situation
from tests.counting.floor import S1, S2, W1, W2, Floor, at, hand, key, on_claim, on_closing

ELSEWHERE = "W9"
SAW_A, SAW_B = (key(place, "SAW", serial="S1") for place in "AB")
FILLED = key("P1")


@pytest.fixture
def centre(floor_store: CentralStore) -> Iterator[Centre]:
    with rolled_back(floor_store, Rules()) as centre:
        yield centre
        assert centre.breaches() == []


def tell(centre: Centre, *events: Event) -> list[tuple[str, ...]]:
    """What becomes of events that are posted: why each has a reason, which somebody can read."""
    answers = centre.push(events)
    assert {str(answer.outcome.value) for answer in answers} == {"posted"}
    assert {str(reason) for answer in answers for reason in answer.reasons} <= REASONS.keys()
    return [tuple(map(str, answer.reasons)) for answer in answers]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_serial_that_two_people_count_at_two_places_is_where_it_was_seen_later(
    order: tuple[int, int], centre: Centre
) -> None:
    """Whichever arrives first; each may be decided by whoever did not count it, the other counter's included."""
    floor = Floor()
    tell(centre, floor.came(SAW_A, 1))
    lines = [floor.counted("c1", SAW_A, 1, "10:00", W1), floor.counted("c1", SAW_B, 1, "10:05", W2)]
    for place in order:
        tell(centre, lines[place])
    assert (centre.pieces(SAW_A), centre.pieces(SAW_B), len(centre.listed())) == (1, 0, 1)
    said = [on_claim("c1", SAW_A, lines[0]), on_claim("c1", SAW_B, lines[1], pieces=1)]
    assert tell(centre, floor.said("accept", said, "12:00", S1)) == [()]
    assert (centre.pieces(SAW_A), centre.pieces(SAW_B), centre.listed()) == (0, 1, set())


def test_a_serial_that_two_people_count_at_one_place_is_there_once(centre: Centre) -> None:
    floor = Floor()
    lines = [floor.counted("c1", SAW_A, 1, "10:00", W1), floor.counted("c1", SAW_A, 1, "10:05", W2)]
    tell(centre, *lines)
    assert len(centre.listed()) == 1, "one row: the later"
    assert tell(centre, floor.said("accept", [on_claim("c1", SAW_A, lines[1], pieces=1)], "12:00", S1)) == [()]
    assert (centre.pieces(SAW_A), centre.listed()) == (1, set())


def test_a_closing_of_a_plate_in_a_hand_says_what_is_on_it_and_nothing_of_the_hand(centre: Centre) -> None:
    """Whoever closes it has it before them; where it stands is the register's, and what was taken off stays held."""
    floor = Floor()
    held = hand(W2.operator, FILLED)
    tell(centre, floor.came(FILLED, 5), floor.take(FILLED, 2, "09:00", W2))
    lifted = floor.event(PlateMoved(at("09:30"), "P1", location=held.place, was_at="A"), W2)
    (answer,) = centre.push([lifted])
    assert tuple(map(str, answer.reasons)) == ("place_not_named",), "no plate stands in a hand"
    closing = floor.closed("c1", "P1", "10:00", by=W1)
    tell(centre, closing)
    assert (centre.pieces(FILLED), centre.pieces(held), len(centre.listed())) == (3, 2, 1)
    assert tell(centre, floor.said("accept", [on_closing(closing)], "12:00", S1)) == [()]
    assert (centre.pieces(FILLED), centre.pieces(held), centre.listed()) == (0, 2, set())
    down = floor.event(PlateMoved(at("12:30"), "P1", location="B", was_at="A"), W2)
    tell(centre, down, floor.put(FILLED, 2, "12:31"))
    assert (centre.pieces(FILLED), centre.pieces(held)) == (2, 0)


def _second_site(centre: Centre) -> None:
    """Another site at the same centre, with a supervisor of its own by a name that is somebody's here, too."""
    boss = Operator(S2.operator, "Supervisor", "b-elsewhere", "h")
    row = dict(zip(BY_STRUCT[Operator].fields, cells(boss), strict=True)) | {"roles": "supervisor"}
    sites, operators = (BY_STRUCT[kind] for kind in (Site, Operator))
    site = dict(zip(sites.fields, cells(Site(ELSEWHERE, "Elsewhere")), strict=True))
    centre.connection.execute(sites.table.insert().values({"site": ELSEWHERE, **site, "version": 0}))
    centre.connection.execute(operators.table.insert().values(**row, site=ELSEWHERE, version=0))


def _from_elsewhere(centre: Centre, event: Event) -> tuple[str, tuple[str, ...]]:
    payload = msgspec.json.encode(event)
    (answer,) = apply_batch(centre.connection, Sender(ELSEWHERE, event.device, 1), [payload], RECEIVED_US)
    return str(answer.outcome.value), tuple(map(str, answer.reasons))


@pytest.mark.parametrize("word", ["accept", "reject", "recount", "withdraw"])
@pytest.mark.parametrize("is_whole", [True, False], ids=["closing", "claim"])
def test_a_word_of_another_site_is_of_nothing_that_it_has(*, word: str, is_whole: bool, centre: Centre) -> None:
    """Its supervisor names what is this site's, by the right version: nothing is there that it could mean."""
    _second_site(centre)
    floor = Floor()
    line, closing = floor.counted("c1", key("A"), 4, "10:00"), floor.closed("c2", "A", "10:01")
    tell(centre, floor.came(key("A"), 10), closing if is_whole else line)
    before = (centre.pieces(key("A")), centre.listed(), centre.kept())
    subject = on_closing(closing) if is_whole else on_claim("c1", key("A"), line, pieces=-6)
    said = Floor().said(word, [subject], "12:00", S2)
    assert _from_elsewhere(centre, said) == ("not_accepted", ("wrong_site",))
    theirs = replace(said, site=ELSEWHERE)
    assert _from_elsewhere(centre, theirs) == ("posted", ("unknown_subject",))
    assert (centre.pieces(key("A")), centre.listed(), centre.kept()) == before
    assert tell(centre, floor.said("accept", [subject], "12:01", S1)) == [()], "no word of theirs came before it"
    assert centre.pieces(key("A")) == (0 if is_whole else 4)


def test_words_on_what_is_gone_was_never_there_or_was_said_a_thousand_times(told: Situation) -> None:
    line = told.floor.counted("c1", A, 4, "10:00")
    claim = on_claim("c1", A, line, pieces=-6)
    many = told.floor.said("accept", [claim] * SUBJECTS_MAX, "12:00", S1)
    assert [told.tell(one) for one in (line, many)] == [POSTED] * 2
    assert told.centre.pieces(A) == 4
    assert told.say("reject", claim, S2) == ("posted", ("already_decided",))
    assert told.tell(told.floor.undone(line, "12:05")) == POSTED
    assert told.centre.pieces(A) == 10
    assert told.say("accept", claim) == POSTED, "a version that is gone may come back"
    assert told.centre.pieces(A) == 10
    assert told.say("accept", on_claim("c9", A, line)) == ("posted", ("unknown_subject",))
    assert told.say("accept", replace(claim, version="of another site")) == POSTED
    assert told.centre.pieces(A) == 10


def test_of_an_acceptance_and_a_rejection_that_come_at_once_the_first_rules(
    told: Situation,
) -> None:
    line = told.floor.counted("c1", A, 4, "10:00")
    claim = on_claim("c1", A, line, pieces=-6)
    words = [told.floor.said(word, [claim], "12:00", by) for word, by in (("accept", S1), ("reject", S2))]
    answers = told.centre.push([line, *words])
    assert [answer.reasons for answer in answers] == [(), (), ("already_decided",)]
    assert told.centre.pieces(A) == 4


def test_a_word_on_a_claim_that_a_later_one_replaces_rules_when_that_one_falls(told: Situation) -> None:
    lines = [
        told.floor.counted(count, A, n, at, by) for count, n, at, by in (("c1", 8, "10:00", W1), ("c2", 7, "10:30", W2))
    ]
    assert [told.tell(one) for one in lines] == [POSTED] * 2
    later, earlier = on_claim("c2", A, lines[1], pieces=-3), on_claim("c1", A, lines[0], pieces=-2)
    assert [told.say("accept", one) for one in (later, earlier)] == [POSTED] * 2
    assert told.centre.pieces(A) == 7
    assert told.say("withdraw", replace(later, seen=1)) == POSTED
    assert told.centre.pieces(A) == 8
