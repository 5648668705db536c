"""What was decided within a day, and that each may be taken back by who names it as it is listed."""

from pathlib import Path
from typing import Any

import pytest

from scanner_app.domain.desk.decided_words import TAKEN_BACK, AskDecided, DecidedPage
from scanner_app.domain.desk.overview import DAY_US
from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.desk.words_of import SUBJECTS
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.decided import Decided, Word
from scanner_app.domain.events.saying import Subject
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.decisions.decided_page import _SOURCES
from sync.central.decisions.desk import answered
from tests.central.claims import AT_US, Centre, line, subject
from tests.central.intake.approval.desk import DESK, Floor, out
from tests.central.warehouse import NOW_US, move


@pytest.fixture
def floor(store: CentralStore, tmp_path: Path) -> Floor:
    return Floor(store, tmp_path / "own", "x,adjust,,,,,10,,")


def decided(floor: Floor, by: str = "s1", now_us: int = NOW_US, **asked: Any) -> DecidedPage:
    with floor.store.reading() as connection:
        page = answered(connection, DESK, by, AskDecided(**asked), now_us)
    assert isinstance(page, DecidedPage), page
    return page


def taken_back(floor: Floor, page: DecidedPage, by: str = "s1") -> tuple[str, ...]:
    """Take the newest word back, as it is listed."""
    case = page.words[0].case
    subject = Subject(SUBJECTS[case.kind], case.id, case.version, case.seen, case.quantity)
    (answer,) = floor.push(floor.made(Decided(NOW_US, Word.WITHDRAW, (subject,), "checked"), by, DESK), sender=DESK)
    return answer.reasons


@pytest.mark.parametrize("word", ["accept", "reject"])
def test_a_word_on_an_adjustment_is_listed_and_taken_back(word: str, floor: Floor) -> None:
    made = floor.waiting(out(40))
    floor.say(word, made.id)
    page = decided(floor)
    (one,) = page.words
    assert (one.word, one.by, one.reason, one.case.place, one.case.item) == (word, "s1", "checked", "A", "NUT")
    assert taken_back(floor, page) == ()
    assert [case.id for case in floor.cases()] == [made.id]
    assert decided(floor).words == (), "what waits again is decided no more"
    assert verify(floor.store) == []


def test_of_ones_own_words_only_the_last_is_listed_and_of_all_those_of_others(floor: Floor) -> None:
    first, second = floor.waiting(out(40)), floor.waiting(out(41))
    floor.say("accept", first.id, second.id)
    floor.say("withdraw", first.id, seen=1)
    floor.say("reject", first.id, by="s2", seen=3)
    assert [(one.case.id, one.word) for one in decided(floor).words] == [(second.id, "accept")]
    both = decided(floor, of_all=True)
    assert [(one.case.id, one.word, one.by) for one in both.words] == [
        (first.id, "reject", "s2"), (second.id, "accept", "s1"),
    ]  # fmt: skip
    assert taken_back(floor, both) == (), "it was seen whose the last word is"


def test_a_page_begins_where_the_one_before_ended_and_a_day_is_a_day(floor: Floor) -> None:
    made = [floor.waiting(out(11)) for _ in range(3)]
    floor.say("accept", *(one.id for one in made))
    page = decided(floor, rows_max=2)
    behind = decided(floor, rows_max=2, after=page.after)
    assert [one.case.id for one in (*page.words, *behind.words)] == [one.id for one in reversed(made)]
    assert behind.after == ""
    assert len(decided(floor, now_us=NOW_US + DAY_US - 1).words) == 3
    assert decided(floor, now_us=NOW_US + DAY_US).words == ()
    assert decided(floor, hidden=("A",)).words == ()


@pytest.mark.parametrize(("to", "word"), [("BLOCKED", "seen"), ("nowhere", "void")])
def test_words_on_events_are_listed_too(to: str, word: str, floor: Floor) -> None:
    made = floor.made(move("A", to), "w1")
    floor.push(made)
    assert floor.say(word, made.id, kind="event") == ()
    page = decided(floor)
    assert [(one.case.id, one.word) for one in page.words] == [(made.id, word)]
    assert taken_back(floor, page) == ()
    assert decided(floor).words == ()


def test_a_word_on_a_count_that_says_something_else_by_now_is_not_listed(store: CentralStore) -> None:
    centre = Centre(store)
    centre.count(line("c1", 30))
    (case,) = centre.cases().cases
    assert centre.say("accept", subject(case)) == ()
    assert [one.case.id for one in centre.ask(AskDecided()).words] == [case.id]
    more = centre.count(line("c1", 1, at_us=AT_US + 1))
    assert [one.id for one in centre.cases().cases] == [case.id], "it waits again"
    assert centre.ask(AskDecided()).words == ()
    centre.count(Annulled(AT_US + 2, more.id))
    assert [one.case.id for one in centre.ask(AskDecided()).words] == [case.id]


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40])
def test_a_cursor_that_nobody_gave_is_not_understood(after: str, floor: Floor) -> None:
    with floor.store.reading() as connection:
        assert answered(connection, DESK, "s1", AskDecided(after=after), NOW_US) == Refused(why=Why.NOT_UNDERSTOOD)


def test_every_word_that_may_be_taken_back_has_a_kind_of_case() -> None:
    assert {word for _, word in _SOURCES} == set(TAKEN_BACK)
