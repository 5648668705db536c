"""What was decided by mistake is taken back at the terminal: listed, opened, with reason, PIN and digits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.desk.decided_words import TAKEN_BACK, AskDecided, DecidedPage, DecidedWord
from scanner_app.domain.quantity import SCALE
from scanner_app.session.view.view import View
from scanner_app.workflows.menu import number_of
from scanner_app.workflows.supervise.morning import phrases as say
from tests.desk import DIGITS, MOVE, Desk
from tests.desk_adjustments import CASE
from tests.warehouse import PIN

AT_US = 1_700_000_000_000_000
WORD = DecidedWord(case=replace(CASE, seen=7), word="accept", by="2001", at_us=AT_US, reason="checked", note="why")
SEEN = DecidedWord(case=MOVE, word="seen", by="2002", at_us=AT_US)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.floor.close()


def listed(desk: Desk, *words: DecidedWord, after: str = "") -> View:
    desk.begin("decided")
    return desk.answer(DecidedPage(words=words, after=after))


def facts(desk: Desk) -> list[dict[str, Any]]:
    return [msgspec.json.decode(payload)["fact"] for payload in desk.floor.events()]


def texts(view: View) -> list[str]:
    return [line.text for line in (*view.lines, *view.listed)]


def test_a_word_is_taken_back_with_reason_pin_and_digits(desk: Desk) -> None:
    view = listed(desk, WORD)
    assert desk.asked[-1].ask == AskDecided()
    assert view.listed[0].text.endswith("A-01-01 100001 -40 EA: was accepted")
    view = desk.say("1")
    assert {"was accepted", "why", "2001", "Taken back it waits again."} <= set(texts(view))
    assert desk.say("1", "1", PIN, DIGITS).message == "Taken back: it waits again."
    (fact,) = facts(desk)
    assert fact | {"wall_us": 0} == {
        "kind": "decided", "wall_us": 0, "word": "withdraw", "reason": "checked", "note": "",
        "subjects": [["adjustment", "e7", "v1", 7, -40 * SCALE]],
    }  # fmt: skip
    view = desk.answer(DecidedPage(words=(WORD,)))
    assert view.prompt == "No word within a day. .r asks again.", "it is on its way"


@pytest.mark.parametrize("entries", [("9",), (".b",), ("1", ".b", ".b", ".b")])
def test_whatever_leads_back_takes_nothing_back(entries: tuple[str, ...], desk: Desk) -> None:
    listed(desk, WORD)
    desk.say("1", *entries)
    assert facts(desk) == []


def test_a_doubled_number_takes_nothing_back(desk: Desk) -> None:
    listed(desk, WORD)
    floor = desk.floor
    floor.desk.take([floor.entry("1"), floor.entry("1")])
    assert floor.desk.view().prompt == "1\u00a0take\u00a0it\u00a0back 9\u00a0the\u00a0list"


def test_ones_own_case_is_only_looked_at(desk: Desk) -> None:
    listed(desk, replace(WORD, case=replace(CASE, marks=("yours",)), by="2002"))
    assert desk.say("1").prompt == "Not decided here. 9: back to the list."


def test_words_of_everybody_say_whose_and_pages_follow(desk: Desk) -> None:
    listed(desk, WORD, after="12")
    desk.say(".p")
    assert desk.asked[-1].ask == AskDecided(after="12")
    desk.answer(DecidedPage(words=(WORD,)))
    desk.say(".e")
    assert desk.asked[-1].ask == AskDecided(of_all=True)
    view = desk.answer(DecidedPage(words=(WORD, SEEN)))
    assert [" 2001 " in text for text in texts(view)[:2]] == [True, False], "whose it is"
    assert " 2002 " in texts(view)[1]
    assert number_of("decided") == "97"


def test_a_page_of_which_nothing_is_told_is_not_the_end(desk: Desk) -> None:
    """Words on places that somebody counts, or that are on their way, fill pages, too."""
    assert listed(desk, after="12").prompt == "Which word is taken back?"
    desk.say(".p")
    assert desk.asked[-1].ask == AskDecided(after="12")


def test_every_word_that_may_be_taken_back_has_its_words() -> None:
    assert set(say.SAID) == {word.value for word in TAKEN_BACK}
