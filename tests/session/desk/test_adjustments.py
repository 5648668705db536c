"""A supervisor decides on adjustments at a terminal: what would change and why it waits, accepted or rejected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.desk import marks
from scanner_app.domain.desk.case import Leaf, Opened
from scanner_app.domain.desk.replies import CasePage, CasesPage
from scanner_app.domain.quantity import SCALE
from scanner_app.session.view.view import View
from scanner_app.workflows.supervise.claim_phrases import ADJUSTED_OVER
from tests.desk import DIGITS, SUPERVISOR, Desk
from tests.desk_adjustments import CASE, OPENED
from tests.warehouse import PIN


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.floor.close()


def opened(desk: Desk, what: Opened) -> View:
    desk.begin("decide")
    desk.answer(CasesPage(cases=(what.case,), waiting=1))
    desk.say("1")
    return desk.answer(CasePage(opened=what))


def facts(desk: Desk) -> list[dict[str, Any]]:
    return [msgspec.json.decode(payload)["fact"] for payload in desk.floor.events()]


def texts(view: View) -> list[str]:
    return [f"{line.label}: {line.text}" if line.label else line.text for line in (*view.lines, *view.listed)]


def test_one_opened_tells_what_would_change_and_why_it_waits_in_one_order(desk: Desk) -> None:
    view = opened(desk, OPENED)
    assert view.prompt == "1\u00a0accept 3\u00a0reject 4\u00a0later"
    told = [
        "A-01-01 100001", "Item: Glue", "-40 EA -620.00", "Not in the book while it waits.", "Reason: Damaged",
        "Note: fell down", "Over: 500 in money", "1003 told the same of these goods.", "What: more than is allowed",
        "Who: 1001", "On: Handheld 1",
    ]  # fmt: skip
    assert [text for text in texts(view) if text in told] == told
    assert not any("OWN" in text for text in texts(view)), "what is as ever is not told"


def test_a_change_of_status_tells_from_which_to_which(desk: Desk) -> None:
    view = opened(desk, replace(OPENED, leaves=(Leaf(name="status_after", text="HOLD"),)))
    assert "State: AVAILABLE > HOLD" in texts(view)


@pytest.mark.parametrize(
    ("reason", "language", "called"),
    [("damaged", "en", "Damaged"), ("damaged", "de", "Beschädigt"), ("ours", "en", "ours")],
)
def test_a_reason_is_called_by_its_name_in_ones_own_language(
    desk: Desk, reason: str, language: str, called: str
) -> None:
    """One that the device does not have any more is called by its code."""
    with desk.floor.store.transaction:
        desk.floor.store.feed.put([(10**6, replace(SUPERVISOR, language=language))])
    view = opened(desk, replace(OPENED, leaves=(Leaf(name="reason", text=reason),)))
    assert called in [line.text for line in (*view.lines, *view.listed)]


@pytest.mark.parametrize(
    ("number", "word", "said"), [("1", "accept", "Accepted: 1. It goes out now."), ("3", "reject", "Rejected: 1.")]
)
def test_five_answers_decide(number: str, word: str, said: str, desk: Desk) -> None:
    opened(desk, OPENED)
    assert desk.say(number, "1", PIN, DIGITS).message == said
    (fact,) = facts(desk)
    assert (fact["word"], fact["subjects"]) == (word, [["adjustment", "e7", "v1", 0, -40 * SCALE]])


def test_not_now_decides_nothing(desk: Desk) -> None:
    opened(desk, OPENED)
    desk.say("4")
    assert facts(desk) == []


def test_many_are_accepted_but_ones_own_and_what_was_told_twice(desk: Desk) -> None:
    desk.begin("decide")
    marked = [replace(CASE, id=mark, marks=(mark,)) for mark in (marks.YOURS, marks.TWICE)]
    desk.answer(CasesPage(cases=(CASE, *marked), waiting=3))
    desk.say("0", "1", "1", "1")
    desk.say(PIN, DIGITS)
    (fact,) = facts(desk)
    assert [subject[:2] for subject in fact["subjects"]] == [["adjustment", "e7"]]


@pytest.mark.parametrize(("per", "what"), ADJUSTED_OVER)
def test_every_limit_has_its_words(per: str, what: str, desk: Desk) -> None:
    view = opened(desk, replace(OPENED, leaves=(Leaf(name="over", text=f"{per}:{what}:{5 * SCALE}"),)))
    assert f"Over: {ADJUSTED_OVER[per, what].text.format(limit='5')}" in texts(view)


@pytest.mark.parametrize("over", ["", "moon", "event:value:x", "day:percent:1", "a:b:c:d"])
def test_a_limit_that_a_newer_centre_tells_stops_nothing(over: str, desk: Desk) -> None:
    assert opened(desk, replace(OPENED, leaves=(Leaf(name="over", text=over), Leaf(name="moon", text="full")))).listed
