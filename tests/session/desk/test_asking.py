"""A session asks the centre: nothing waits for the reply, which comes as an entry and is judged by its question."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.desk.asks import AskDevices, RevokeDevice
from scanner_app.domain.desk.heard import Heard, line_of
from scanner_app.domain.desk.replies import CasesPage, Done, Refused, Why
from scanner_app.session.view.view import Tone, View
from scanner_app.store.log import OpenPlay
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.questions import desk_phrases
from scanner_app.workflows.questions.ask.order import AskOrder
from tests.asked import Asked, questions
from tests.desk import DEVICES, DIGITS, Desk
from tests.warehouse import PIN


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.floor.close()


def at_order(desk: Desk) -> View:
    """At the PIN of a device that is to be revoked."""
    desk.begin("devices")
    desk.answer(DEVICES)
    return desk.say("1", "2", "1", DIGITS)


def test_what_is_asked_goes_out_once_and_its_reply_answers(desk: Desk) -> None:
    view = desk.begin("devices")
    assert view.prompt == "Asking the centre. F3: back"
    assert [(one.operator, one.ask, one.pin) for one in desk.asked] == [("2001", AskDevices(), "")]
    view = desk.answer(DEVICES)
    assert view.prompt == "Which device? Type its number."
    assert len(desk.asked) == 1
    assert desk.floor.log()[-1][1] == "answered"


def test_what_is_typed_meanwhile_answers_nothing_and_the_keys_work(desk: Desk) -> None:
    desk.begin("devices")
    assert desk.say("1").message == "Asking the centre ..."
    assert desk.floor.log()[-1][1] == "ignored"
    assert desk.say(".b").title == "Menu"
    desk.begin("devices")
    assert desk.say(".m").title == "Menu"


def test_a_reply_to_what_was_left_changes_nothing(desk: Desk) -> None:
    desk.begin("devices")
    first = desk.asked[-1].id
    desk.say(".b")
    desk.answer(DEVICES, first)
    assert desk.floor.log()[-1][1] == "ignored"
    desk.begin("devices")
    assert desk.answer(DEVICES, first).prompt == "Asking the centre. F3: back", "a late reply is of another ask"
    assert desk.answer(DEVICES).prompt == "Which device? Type its number."
    assert desk.answer(DEVICES).prompt == "Which device? Type its number.", "a reply that comes twice"
    assert desk.floor.log()[-1][1] == "ignored"


@pytest.mark.parametrize("raw", [b"", b"{}", b"1", b'{"ask":"1","reply":{"reply":"newer"}}', b"\xff\xfe", b"CMD:MENU"])
def test_what_is_no_reply_changes_nothing(raw: bytes, desk: Desk) -> None:
    desk.begin("devices")
    assert desk.hear(raw).prompt == "Asking the centre. F3: back"


def test_a_reply_of_another_kind_is_not_understood(desk: Desk) -> None:
    desk.begin("devices")
    view = desk.answer(CasesPage())
    assert [line.text for line in view.listed] == ["Ask once more", "Not understood. Is the centre newer?"]


@pytest.mark.parametrize("why", [*Why, "newer", "x" * 500, "\x1b[2J"])
def test_every_no_of_the_centre_is_a_sentence_and_may_be_asked_again(why: str, desk: Desk) -> None:
    desk.begin("devices")
    view = desk.answer(Refused(why=why, by="2002", again_us=90_000_000))
    assert len(view.listed) == 2
    assert view.listed[1].text not in ("", why)
    assert set(map(str, Why)) == set(map(str, desk_phrases.REFUSALS))
    assert desk.say("1").prompt == "Asking the centre. F3: back"
    assert len(desk.asked) == 2


def test_a_restart_asks_again_and_looks_nothing_up(desk: Desk) -> None:
    desk.begin("devices")
    first = desk.asked[-1].id
    assert desk.restart().prompt == "Asking the centre. F3: back"
    assert [one.ask for one in desk.asked] == [AskDevices()] * 2
    assert desk.asked[-1].id != first
    desk.answer(DEVICES, first)
    assert desk.answer(DEVICES).prompt == "Which device? Type its number."
    before = desk.floor.desk.view().listed
    assert desk.restart().listed == before
    assert len(desk.asked) == 2, "a reply that is in the log is not asked for again"


def _stand(desk: Desk, asked: Asked) -> None:
    """Have the session at this question, in the log as well."""
    session, store, play = desk.floor.session, desk.floor.store, asked.play()
    with store.transaction:
        session.stack.end_all("left")
        name, version = play.script.name, play.script.version
        store.log.begin(session.name, OpenPlay(0, None, name, version, "2001", play.arguments, play.sent, None))
        session.restore()
    desk.floor.desk.asking.hand_out()


def _lock(desk: Desk) -> None:
    with desk.floor.store.transaction:
        desk.floor.session.lock()
    desk.floor.desk.asking.hand_out()


def _restart(desk: Desk) -> None:
    desk.restart()


def _unlock(desk: Desk) -> None:
    desk.say(PIN)


MEANWHILE = [(), (_restart,), (_lock, _unlock), (_lock, _restart, _unlock)]


@pytest.mark.parametrize("name", [name for name, one in questions().items() if one.question.for_centre is not None])
def test_the_centre_is_said_to_be_asked_as_long_as_it_is(name: str, desk: Desk) -> None:
    """An order of which nobody knows whether it arrived is asked for once more; what is only asked goes out again."""
    for meanwhile in MEANWHILE:
        _stand(desk, questions()[name])
        assert desk.say(PIN).message == "Asking the centre ..."
        for happens in meanwhile:
            happens(desk)
        view, is_waiting = desk.floor.desk.view(), desk.floor.desk.asking.is_waiting
        is_lost = view.secret and bool(meanwhile)
        assert is_waiting is not is_lost
        assert view.message == ("Did it arrive? Type it once more." if is_lost else "Asking the centre ...")


def test_a_pin_that_was_typed_before_anybody_reaches_the_centre_goes_out_when_somebody_does(desk: Desk) -> None:
    at_order(desk)
    desk.floor.restart()
    count = len(desk.asked)
    desk.say("135791")
    assert desk.floor.desk.asking.is_waiting
    desk.floor.desk.asking.connect(desk.asked.append)
    assert [one.pin for one in desk.asked[count:]] == ["135791"]
    desk.floor.restart()
    desk.say("135791", ".m")
    desk.floor.desk.asking.connect(desk.asked.append)
    assert len(desk.asked) == count + 1, "what was left is not sent"


def test_a_reply_that_was_stored_and_not_judged_is_too_late_after_a_restart(desk: Desk) -> None:
    desk.begin("devices")
    entry = Entry(line_of(Heard(ask=desk.asked[-1].id, reply=DEVICES)), Source.CENTRE, desk.floor.clock.stamp())
    with desk.floor.store.transaction:
        desk.floor.store.log.add("main", [entry])
    assert desk.restart().prompt == "Asking the centre. F3: back"
    assert desk.floor.log()[-1][1] == "ignored"
    assert desk.answer(DEVICES).prompt == "Which device? Type its number."


def test_a_mistake_waits_to_be_read_and_then_the_centre_is_asked_once_more(desk: Desk) -> None:
    desk.begin("devices")
    assert desk.say(b"\x11\x10").halted
    assert desk.answer(DEVICES).halted
    assert desk.say(".k").prompt == "Asking the centre. F3: back"
    assert len(desk.asked) == 2
    assert desk.answer(DEVICES).prompt == "Which device? Type its number."


def test_an_order_goes_out_with_its_pin_once_and_the_pin_is_nowhere_else(desk: Desk) -> None:
    view = at_order(desk)
    assert (view.prompt, view.secret) == ("Your own PIN, for the centre.", True)
    count = len(desk.asked)
    assert desk.say("135791").message == "Asking the centre ..."
    asked = desk.asked[-1]
    assert (asked.pin, isinstance(asked.ask, RevokeDevice)) == ("135791", True)
    assert "135791" not in repr(asked)
    assert desk.say("135792").message == "Asking the centre ...", "one is under way"
    assert len(desk.asked) == count + 1
    view = desk.answer(Done(number=7))
    assert view.message == "Handheld 1 is trusted no more."
    desk.floor.store.file.checkpoint()
    assert b"135791" not in desk.kept()
    assert b"135792" not in desk.kept()


def test_a_wrong_pin_is_said_and_the_same_order_is_sent_with_the_next(desk: Desk) -> None:
    at_order(desk)
    desk.say("000000")
    view = desk.answer(Refused(why=Why.WRONG_PIN))
    assert (view.tone, view.halted, view.message) == (Tone.BAD, True, "Wrong PIN, says the centre. Again.")
    first = desk.asked[-1].ask
    desk.say(".k", PIN)
    assert desk.asked[-1].ask == first
    assert desk.answer(Done(number=8)).message == "Handheld 1 is trusted no more."


def test_after_a_crash_an_order_is_asked_for_once_more_with_the_same_id(desk: Desk) -> None:
    at_order(desk)
    desk.say(PIN)
    first = desk.asked[-1]
    view = desk.restart()
    assert (view.prompt, view.message) == ("Your own PIN, for the centre.", "Did it arrive? Type it once more.")
    assert desk.asked[-1] is first, "without its PIN it is not sent"
    desk.answer(Done(number=7), first.id)
    assert desk.floor.desk.view().prompt == "Your own PIN, for the centre."
    desk.say(PIN)
    assert desk.asked[-1].ask == first.ask
    assert desk.answer(Done(number=7)).message == "Handheld 1 is trusted no more."


def test_an_order_that_was_left_and_done_all_the_same_is_told(desk: Desk) -> None:
    at_order(desk)
    desk.say(PIN, ".m")
    assert desk.answer(Done(number=7)).message == "What you left was done all the same."


@pytest.mark.parametrize(
    ("leaves", "said"), [(True, "What you left was done all the same."), (False, "It was done meanwhile. F3: back")]
)
def test_what_is_done_while_a_mistake_is_on_the_screen_is_said_behind_it(leaves: bool, said: str, desk: Desk) -> None:
    at_order(desk)
    desk.say(PIN, *([".m"] if leaves else []))
    assert desk.say(b"\x11\x10").halted
    view = desk.answer(Done(number=7))
    assert view.halted, "the mistake is read first"
    assert said not in (view.message, *(message.text for message in view.before))
    view = desk.say(".k")
    assert (view.halted, view.message) == (False, said)
    assert desk.say(".k").message != said, "it is said once"


def test_a_reply_is_nobody_at_the_device(desk: Desk) -> None:
    desk.begin("devices")
    touched = desk.floor.session.touched
    desk.answer(DEVICES)
    assert desk.floor.session.touched == touched
    assert desk.floor.store.log.touched("main") == touched


def test_a_pin_behind_a_badge_is_not_kept_whatever_the_centre_says_between(desk: Desk) -> None:
    desk.say("1", "B-2001")
    desk.answer(DEVICES, "another")
    desk.say(PIN)
    assert desk.floor.log()[-1][0] is None


def test_lines_and_a_reply_that_wait_together_are_taken_in_their_order(desk: Desk) -> None:
    desk.begin("devices")
    floor = desk.floor
    reply = Entry(line_of(Heard(ask=desk.asked[-1].id, reply=DEVICES)), Source.CENTRE, floor.clock.stamp())
    floor.desk.take([floor.entry("1"), reply, floor.entry("1"), floor.entry(".b")])
    assert [outcome for _raw, outcome in floor.log()[-4:]] == ["ignored", "answered", "answered", "undone"]


def test_where_a_secret_may_be_asked_the_script_says_so() -> None:
    assert {one.script.name for one in questions().values() if one.question.is_secret} <= {
        name for name, script in SCRIPTS.items() if script.secret
    }
    assert any(isinstance(one.question, AskOrder) for one in questions().values())


def test_the_line_of_a_reply_is_read_as_it_was_written() -> None:
    heard = Heard(ask="1", reply=DEVICES)
    assert msgspec.json.decode(line_of(heard), type=Heard) == heard
