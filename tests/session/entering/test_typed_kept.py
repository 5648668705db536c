"""Why a code was typed is kept with what was done, also where a play goes on as another one, or ends before."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.desk.case import Case, CaseKind, Opened
from scanner_app.domain.desk.replies import CasePage, CasesPage
from scanner_app.domain.events.event import Event
from scanner_app.session.context import Settings
from scanner_app.workflows.questions.limits import Limits, TypedCodes
from tests.desk import DIGITS, Desk
from tests.warehouse import GTIN, PIN, Floor

SETTINGS = Settings(limits=Limits(typed_codes=TypedCodes.REASON), scans_have_aim=True)
HERE, THERE, ITEM = "]C0A-01-01", "]C0A-01-02", "]C0100001"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(tmp_path, settings=SETTINGS)
    floor.sign_in()
    floor.say("8")
    yield floor
    floor.close()


def typed(floor: Floor) -> list[tuple[str, ...]]:
    return [msgspec.json.decode(payload, type=Event).typed or () for payload in floor.events()]


def test_the_place_of_a_count_was_typed_and_its_first_line_tells_so(counter: Floor) -> None:
    counter.say("A-01-01", "1")
    counter.restart()
    counter.say(ITEM, "3", ITEM, "4")
    assert typed(counter) == [("label_damaged",), ()]


def test_what_confirms_a_line_belongs_to_the_next_one(counter: Floor) -> None:
    counter.say(HERE, "100004", "2", GTIN, "3")
    counter.restart()
    counter.say("5")
    assert typed(counter) == [("label_missing",), ("scanner_broken",)]


def test_of_a_place_that_was_not_counted_after_all_nothing_is_told(counter: Floor) -> None:
    counter.say("A-01-01", "1", "key:F3", THERE, ITEM, "3")
    assert typed(counter) == [()]


def test_a_reason_outlives_the_digits_that_were_dropped(tmp_path: Path) -> None:
    desk = Desk(tmp_path, SETTINGS)
    case = Case(kind=CaseKind.UNKNOWN_CODE, id="line-1", place="A-01-01", item="RED-BOX")
    desk.begin("decide")
    desk.answer(CasesPage(cases=(case,), waiting=1))
    desk.say("1")
    desk.answer(CasePage(opened=Opened(case=case, words=("void", "identify"), codes=("RED-BOX",))))
    assert desk.say("1", "100004").prompt == "Why typed? Type the number."
    assert "Type" in desk.say("2", "1", PIN).prompt
    assert desk.restart().prompt == "Your PIN, to decide it."
    desk.restart()
    desk.say(PIN, DIGITS)
    assert typed(desk.floor) == [("label_missing",)]
    desk.floor.close()
