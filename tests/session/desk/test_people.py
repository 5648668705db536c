"""A supervisor looks after people: whose hand holds what, put down for them; PINs that are new, and never kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scanner_app.domain.desk.asks import RetireOperator, SetPin
from scanner_app.domain.desk.replies import Done
from scanner_app.domain.quantity import SCALE
from scanner_app.session.guard import argon2_hash, argon2_verify
from scanner_app.workflows.menu import number_of
from tests.desk import DIGITS, PEOPLE, Desk
from tests.warehouse import PIN

NEW = "730264"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.floor.close()


def facts(desk: Desk) -> list[dict[str, Any]]:
    return [msgspec.json.decode(payload)["fact"] for payload in desk.floor.events()]


def opened(desk: Desk) -> None:
    desk.begin("people")
    desk.answer(PEOPLE)
    desk.say("1")


def test_people_are_listed_with_what_is_in_their_hands(desk: Desk) -> None:
    desk.begin("people")
    view = desk.answer(PEOPLE)
    assert [line.text for line in view.listed] == [
        "1001 Worker 1001 3 EA 100001: not signed in", "2001 Supervisor 2001: not signed in"
    ]  # fmt: skip
    view = desk.say("2")
    assert [line.label for line in view.listed if line.label.isdigit()] == ["1", "2", "3"], "an empty hand puts nothing"


def test_what_is_in_a_hand_is_put_down_by_a_move_with_a_reason(desk: Desk) -> None:
    opened(desk)
    view = desk.say("4", "1", "1", DIGITS, "A-01-05")
    assert view.message == "3 EA put at A-01-05 for 1001."
    (fact,) = facts(desk)
    assert (fact["kind"], fact["reason"]) == ("moved", "left")
    ((_us, quantity, source, target),) = fact["legs"]
    glue = ["100001", "", "", "OWN", "AVAILABLE"]
    assert (quantity, source, target) == (3 * SCALE, ["@hand:1001", *glue], ["A-01-05", *glue])


def test_somebody_is_taken_out_of_use_by_an_order(desk: Desk) -> None:
    opened(desk)
    desk.say("3", "1", DIGITS, PIN)
    asked = desk.asked[-1].ask
    assert isinstance(asked, RetireOperator)
    assert (asked.operator, asked.reason) == ("1001", "left")
    assert desk.answer(Done(number=1)).message == "1001 signs in no more."


def test_a_new_pin_is_typed_twice_and_goes_out_as_a_verifier(desk: Desk) -> None:
    opened(desk)
    desk.say("2", NEW)
    assert desk.say("730265").message == "Not the same PIN. Again, or F3."
    desk.say(".k", NEW, DIGITS, PIN)
    asked = desk.asked[-1].ask
    assert isinstance(asked, SetPin)
    assert (asked.operator, asked.verifier, desk.asked[-1].pin) == ("1001", f"verifier:{NEW}", PIN)
    assert desk.answer(Done(number=1)).message == "The PIN of 1001 is changed."


@pytest.mark.parametrize("simple", ["123456", "111111", "200100", "200199"])
def test_a_pin_that_others_would_try_is_none(simple: str, desk: Desk) -> None:
    desk.say(".m", number_of("my_pin"))
    assert desk.say(simple).message == "Too simple: others try it. Another."


def test_everybody_changes_their_own_pin_with_the_old_one(desk: Desk) -> None:
    desk.say(".o")
    desk.floor.sign_in("B-1001")
    desk.say("78", NEW, NEW, DIGITS, PIN)
    asked = desk.asked[-1]
    assert (asked.operator, asked.ask.__class__, asked.pin) == ("1001", SetPin, PIN)
    assert desk.answer(Done(number=1)).title == "Menu"


def test_neither_pin_is_on_the_disk(desk: Desk) -> None:
    desk.floor.desk.session.tools = msgspec.structs.replace(desk.floor.session.tools, hash=argon2_hash)
    desk.floor.session.guard = msgspec.structs.replace(desk.floor.session.guard, tools=desk.floor.session.tools)
    desk.say(".m", "78", NEW)
    desk.floor.store.file.checkpoint()
    assert NEW.encode() not in desk.kept()


def test_a_verifier_is_what_the_centre_takes() -> None:
    from scanner_app.domain.pin import is_sound_verifier

    verifier = argon2_hash(NEW.encode())
    assert is_sound_verifier(verifier)
    assert argon2_verify(verifier, NEW.encode())


def test_no_barcode_alone_sets_a_pin_or_revokes(desk: Desk) -> None:
    """What the digits are no printed code knows; a scanner that tells itself does not even get to try."""
    desk.say(".m", "78", NEW, NEW)
    view = desk.say(f"]C0{DIGITS}".encode())
    assert view.halted
    assert [one.ask for one in desk.asked] == []
