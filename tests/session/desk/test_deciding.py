"""A supervisor decides: what waits is listed, opened, takes a word; nothing is decided by chance or by a barcode."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.domain.desk.asks import AskCase, AskCases
from scanner_app.domain.desk.case import CASES_MAX, Case, CaseKind
from scanner_app.domain.desk.heard import Heard, line_of
from scanner_app.domain.desk.replies import CasePage, CasesPage, Refused, Why
from scanner_app.domain.desk.words_of import SUBJECTS, WORDS
from scanner_app.domain.events.law import LawFault, UndoFault
from scanner_app.domain.item_rules import StockFault
from scanner_app.domain.people import Role
from scanner_app.domain.quantity import SCALE
from scanner_app.session.view.view import View
from scanner_app.workflows.accuracy.accuracy import LETTERS as OF_FIGURES
from scanner_app.workflows.engine.commands import command_of
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise.decide import LETTERS
from scanner_app.workflows.supervise.many import choose
from scanner_app.workflows.supervise.reason_phrases import BROKE
from sync.central.events.reason import Reason
from tests.desk import CASES, DIGITS, KEY, MOVE, OPENED, SUPERVISOR, Desk
from tests.warehouse import CASE_GTIN, PIN

STEPS = ("list", "opened", "reason", "pin", "digits", "decided")
"""Each step of a decision, and what is entered or answered to come to the next."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.floor.close()


def go_on(desk: Desk, step: str) -> View:
    """Do what a step of deciding the first case takes."""
    if step == "list":
        return desk.answer(CASES)
    if step == "opened":
        desk.say("1")
        return desk.answer(CasePage(opened=OPENED))
    return desk.say({"reason": "1", "pin": "1", "digits": PIN, "decided": DIGITS}[step])


def at(desk: Desk, last: str) -> View:
    view = desk.begin("decide")
    for step in STEPS[: STEPS.index(last) + 1]:
        view = go_on(desk, step)
    return view


def words_said(desk: Desk) -> list[dict[str, Any]]:
    return [msgspec.json.decode(payload)["fact"] for payload in desk.floor.events()]


def test_what_waits_is_listed_money_first_and_opened_with_all_that_is_known(desk: Desk) -> None:
    view = at(desk, "list")
    assert view.prompt == "2: -12.00. Open one, 0: many."
    assert [line.text for line in view.listed[:2]] == [
        "-12.00 -5 EA A-01-01 100001: look at it Glue",
        "-1 KG A-01-02 100002: below zero",
    ]
    view = go_on(desk, "opened")
    assert desk.asked[-1].ask == AskCase(kind=MOVE.kind, id=MOVE.id)
    texts = [line.text for line in view.listed]
    assert {"place was closed", "had no right to it", "1001", "Handheld 1"} <= set(texts)
    assert [line.text for line in view.listed if line.label in {"1", "3", "9"}] == [
        "Seen: may stay", "Void: no effect", "To what waits"
    ]  # fmt: skip


def test_five_answers_decide_and_the_word_is_an_event_like_any_other(desk: Desk) -> None:
    view = at(desk, "decided")
    assert view.message == "Seen: 1. It goes out now."
    (fact,) = words_said(desk)
    assert fact | {"wall_us": 0} == {
        "kind": "decided", "wall_us": 0, "word": "seen", "reason": "checked", "note": "",
        "subjects": [["event", "move-1", "v1", 4, -5 * SCALE]],
    }  # fmt: skip
    assert view.prompt == "Asking the centre. F3: back"


def test_what_was_decided_is_not_listed_while_its_word_is_on_the_way(desk: Desk) -> None:
    at(desk, "decided")
    view = desk.answer(CASES)
    assert [line.text for line in view.listed[:1]] == ["-1 KG A-01-02 100002: below zero"]
    assert view.message == "Seen: 1. It goes out now.", "the list that comes takes nothing away of what was done"


@pytest.mark.parametrize("step", STEPS)
def test_a_death_at_any_step_goes_on_there_and_decides_once(step: str, desk: Desk) -> None:
    before = at(desk, step)
    if step == "decided":
        desk.restart()
        assert len(words_said(desk)) == 1
        return
    view = desk.restart()
    expected = before.prompt if step != "digits" else "Your PIN, to decide it."
    assert view.prompt == expected
    left = STEPS[STEPS.index("digits" if step == "digits" else step) + (step != "digits") :]
    for rest in left:
        go_on(desk, rest)
    assert len(words_said(desk)) == 1


@pytest.mark.parametrize("step", STEPS[:-1])
def test_whatever_is_lost_on_the_way_back_leads_on(step: str, desk: Desk) -> None:
    """Back from every step, and nothing was decided."""
    at(desk, step)
    for _ in range(len(STEPS) + 2):
        desk.say(".b")
    assert desk.floor.desk.view().title == "Menu"
    assert words_said(desk) == []


HELD = replace(OPENED, case=replace(MOVE, kind=CaseKind.HELD), words=("release", "void", "identify"))


def test_an_unknown_code_is_named_by_a_scan_and_a_place_names_nothing(desk: Desk) -> None:
    """The case of twelve is meant where its label is scanned; while that is on its way the event is not listed."""
    at(desk, "list")
    desk.say("1")
    view = desk.answer(CasePage(opened=replace(HELD, codes=("WHAT",))))
    assert [line.text for line in view.listed if line.label in {"2", "3", "5", "9"}] == [
        "Release: book it", "Void: no effect", "It is this item", "To what waits"
    ]  # fmt: skip
    view = desk.say("5")
    assert (view.prompt, view.listed[0].text) == ("Which item is it? Scan or type it.", "WHAT")
    assert desk.say("B-01-01").message == "That is a place. Scan the item."
    desk.say(".k", CASE_GTIN)
    view = desk.say("1")
    assert [line.text for line in view.listed] == ["WHAT", "CS"]
    assert "100001 Plain pen" in [line.text for line in view.lines]
    assert desk.say(PIN, DIGITS).message == "Said: WHAT is 100001."
    (fact,) = words_said(desk)
    assert fact | {"wall_us": 0} == {
        "kind": "identified", "wall_us": 0, "what": "move-1", "code": "WHAT", "item": "100001", "unit": "CS",
        "reason": "checked", "note": "",
    }  # fmt: skip
    view = desk.answer(CASES)
    assert [line.text for line in view.listed[:1]] == ["-1 KG A-01-02 100002: below zero"]
    assert view.prompt == "1: 0.00. Open one, 0: many.", "what is not listed is not summed up"


def test_of_several_unknown_codes_one_is_chosen_and_a_base_unit_is_no_other_unit(desk: Desk) -> None:
    at(desk, "list")
    desk.say("1")
    desk.answer(CasePage(opened=replace(HELD, codes=("WHAT", "ELSE"))))
    view = desk.say("5")
    assert [line.text for line in view.listed] == ["WHAT", "ELSE"]
    desk.say("2", "100001", "1", PIN, DIGITS)
    (fact,) = words_said(desk)
    assert (fact["code"], fact["item"], fact["unit"]) == ("ELSE", "100001", "")


def test_where_the_centre_names_no_code_nothing_is_identified(desk: Desk) -> None:
    at(desk, "list")
    desk.say("1")
    view = desk.answer(CasePage(opened=HELD))
    assert "It is this item" not in [line.text for line in view.listed]


def test_a_doubled_number_opens_and_says_no_word(desk: Desk) -> None:
    """The list is opened by a number and so is a word said: what was typed before the case was shown says nothing."""
    at(desk, "list")
    floor = desk.floor
    floor.desk.take([floor.entry("1")])
    floor.desk.asking.hand_out()
    raw = line_of(Heard(ask=desk.asked[-1].id, reply=CasePage(opened=OPENED)))
    floor.desk.take([Entry(raw, Source.CENTRE, floor.clock.stamp()), floor.entry("1")])
    assert floor.log()[-1][1] == "ignored"
    assert floor.desk.view().prompt == "Your word on it? Type its number."
    shown = floor.clock.stamp()
    floor.desk.shown(shown)
    early = replace(shown, monotonic_us=shown.monotonic_us + floor.settings.confirm_delay_us)
    floor.desk.take([Entry(b"1", Source.KEYBOARD, early)])
    assert floor.desk.view().prompt == "Your word on it? Type its number.", "at the edge of the delay"
    late = replace(early, monotonic_us=early.monotonic_us + 1)
    floor.desk.take([Entry(b"1", Source.KEYBOARD, late)])
    assert floor.desk.view().prompt == "For what reason? Type its number."


@pytest.mark.parametrize("wrong", ["000000", "4711", "1"])
def test_no_word_without_the_pin_and_the_digits(wrong: str, desk: Desk) -> None:
    at(desk, "pin")
    assert desk.say(wrong).halted
    assert words_said(desk) == []
    assert desk.floor.log()[-1][0] is None, "what was typed for a PIN is not kept"


def test_no_barcode_alone_decides(desk: Desk) -> None:
    """Whatever a scanner that tells itself may send: the words and the digits on screen are typed."""
    at(desk, "opened")
    assert desk.say(b"]C01", ".k").prompt == "Your word on it? Type its number."
    desk.say("1", "1", PIN)
    assert desk.say(f"]C0{DIGITS}".encode()).halted
    assert words_said(desk) == []


def test_a_case_of_a_key_is_looked_at_and_says_what_to_do(desk: Desk) -> None:
    desk.begin("decide")
    desk.answer(CASES)
    desk.say("2")
    view = desk.answer(CasePage(opened=replace(OPENED, case=KEY, words=(), movements=())))
    offered = [line.label for line in view.listed if line.label.isdigit()]
    assert offered == ["6", "9"], "to have it counted, and back: nobody decides it"
    assert "A scan is late or lost. Count there." in [line.text for line in view.listed]


def test_one_that_waits_no_more_is_said(desk: Desk) -> None:
    at(desk, "list")
    desk.say("1")
    assert desk.answer(CasePage()).message == "That one waits no more."


def test_a_role_that_is_lost_meanwhile_is_said_and_nothing_is_lost(desk: Desk) -> None:
    at(desk, "list")
    desk.say("1")
    view = desk.answer(Refused(why=Why.NO_RIGHT))
    assert "You may decide no more. Ask another." in [line.text for line in view.listed]
    with desk.floor.store.transaction:
        desk.floor.store.feed.put([(10_000, replace(SUPERVISOR, roles=(Role.WORKER,)))])
    assert desk.say("1").message == "Not allowed for you. Ask a supervisor."
    assert desk.floor.desk.view().title == "Menu"


def test_filters_are_asked_of_the_centre_and_shown(desk: Desk) -> None:
    at(desk, "list")
    desk.say(".f", "1", "2")
    assert desk.asked[-1].ask == AskCases(kind="held")
    desk.answer(replace(CASES, as_of_us=1_700_000_000_000_000))
    desk.say(".f", "4", "2")
    before_us = 1_700_000_000_000_000 - 24 * 3600 * 1_000_000
    assert desk.asked[-1].ask == AskCases(kind="held", before_us=before_us)
    view = desk.answer(CASES)
    assert [(line.label, line.text) for line in view.lines] == [("Only", "not booked"), ("Hours", "A day or more")]
    desk.say(".f", "5")
    assert desk.asked[-1].ask == AskCases()


def test_beside_the_list_stand_letters_and_a_number_is_always_a_case(desk: Desk) -> None:
    view = at(desk, "list")
    assert [line.label for line in view.listed] == ["1", "2", "0", ".f", ".r", ".v"]
    desk.say(".R")
    assert desk.asked[-1].ask == AskCases()
    view = desk.answer(replace(CASES, after="behind"))
    assert [line.label for line in view.listed] == ["1", "2", "0", ".f", ".r", ".p", ".v"]
    desk.say(".p")
    assert desk.asked[-1].ask == AskCases(after="behind")
    view = desk.answer(CASES)
    assert desk.say("91").prompt == view.prompt, "there is no such case"


@pytest.mark.parametrize("letters", [LETTERS, OF_FIGURES])
def test_no_letter_of_a_list_is_a_command(letters: dict[str, str]) -> None:
    assert len({*letters.values()}) == len(letters)
    for letter in letters.values():
        assert command_of(Entry(f".{letter}".encode(), Source.KEYBOARD, stamp=Stamp(0, 0, ""))) is None


def case(number: int, **changed: Any) -> Case:
    return replace(MOVE, id=f"e-{number}", value=number * SCALE, **changed)


def test_many_at_once_says_what_it_comes_to_before_the_pin(desk: Desk) -> None:
    own, held = case(7, marks=("yours",)), case(8, kind=CaseKind.HELD)
    desk.begin("decide")
    desk.answer(CasesPage(cases=(held, own, case(6), case(5, quantity=SCALE), KEY), waiting=6, after="x"))
    desk.say("0", "4", "1")
    assert desk.asked[-1].ask == AskCases(after="x")
    desk.answer(CasesPage(cases=(case(3), case(3)), waiting=6))
    view = desk.say("1")
    assert view.prompt == "Your PIN, for 3 at once."
    assert [(line.label, line.text) for line in view.listed] == [
        ("Cases", "3"), ("Up", "5.00"), ("Down", "-9.00"), ("Largest", "-6.00"), ("Left out", "1: yours"),
        ("Others", "3"),
    ]  # fmt: skip
    desk.say(PIN, DIGITS)
    (fact,) = words_said(desk)
    assert [subject[1] for subject in fact["subjects"]] == ["e-6", "e-5", "e-3"]


def test_many_takes_no_more_than_a_thousand_the_largest_first() -> None:
    cases = [case(number) for number in range(2 * CASES_MAX, 0, -1)]
    assert [one.id for one in choose(cases, "seen", 0).cases] == [one.id for one in cases[:CASES_MAX]]
    assert choose(cases[:CASES_MAX], "seen", 0).others == 0
    assert [one.id for one in choose(cases, "seen", 3).cases] == ["e-2", "e-1"]
    assert not choose(cases, "void", 0).cases


def test_every_reason_of_the_centre_and_of_the_law_has_a_supervisors_words() -> None:
    words = {str(word) for kind in (Reason, LawFault, UndoFault, StockFault) for word in kind}
    assert words <= set(BROKE), words - set(BROKE)


def test_every_kind_of_case_and_every_word_has_its_words() -> None:
    assert set(say.KINDS) == set(map(str, CaseKind))
    assert {str(word) for words in WORDS.values() for word in words} <= set(say.WORDS) == set(say.DONE)
    assert set(SUBJECTS) == set(WORDS)
    assert set(say.HINTS) == set(map(str, CaseKind)) - set(WORDS)
