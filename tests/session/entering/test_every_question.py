"""What holds at every question of every script, in every language: what the line is, what a mistake is and does.

Each question is asked of a session at the small site; what may be read there is of every sort.
"""

from collections.abc import Iterator

import pytest

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framing import Assembler
from scanner_app.domain.codes import code_fault, text_fault
from scanner_app.languages.language import LANGUAGES, language
from scanner_app.session.context import Settings
from scanner_app.session.interpretation import verdict_on
from scanner_app.session.view.play import answer_words, view_of
from scanner_app.session.view.view import Tone, View
from scanner_app.workflows.engine.commands import COMMANDS, Command, barcodes, command_of
from scanner_app.workflows.engine.interpret import Moment
from scanner_app.workflows.engine.runner import READ, Play
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.phrases import book
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Amount, Place, Text
from scanner_app.workflows.questions.kinds import KINDS
from screens.cells import wrapped
from tests.asked import READINGS, every_question, questions
from tests.extent import extent
from tests.warehouse import GTIN, Floor

KEYS = {
    "F1": b"\x1bOP", "F2": b"\x1bOQ", "F3": b"\x1bOR", "F4": b"\x1bOS", "F5": b"\x1b[15~", "F6": b"\x1b[17~",
    "F7": b"\x1b[18~", "F8": b"\x1b[19~", "F9": b"\x1b[20~", "F10": b"\x1b[21~", "F11": b"\x1b[23~",
    "F12": b"\x1b[24~", "PageDown": b"\x1b[6~", "PageUp": b"\x1b[5~",
}  # fmt: skip
NOT_TAKEN = b"\x11\x10"
LEFT_OUT = {"F8", "F9"}
"""They end a mistake; of the keys all others are tried while there is one."""


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    floor = Floor(tmp_path_factory.mktemp("floor"), settings=Settings(idle_lock_us=0))
    floor.sign_in()
    yield floor
    floor.close()


def entered(floor: Floor, *raws: bytes) -> View:
    """Lines that were all captured before any was looked at."""
    floor.desk.take([Entry(raw, Source.KEYBOARD, floor.clock.stamp()) for raw in raws])
    floor.desk.shown(floor.clock.stamp())
    return floor.desk.view()


def judged(floor: Floor, play: Play, raw: bytes, *, is_again: bool = False) -> Verdict:
    """What a line becomes at the question at work; nothing is stored of it."""
    stamp = floor.clock.stamp()
    verdict = verdict_on(Entry(raw, Source.KEYBOARD, stamp), Moment(stamp, 0, is_again=is_again), floor.session)
    play.apply(verdict)
    return verdict


def test_every_script_asks_in_the_list_what_it_declares() -> None:
    asked = {(asked.script.name, asked.question.slot) for asked in questions().values()}
    assert {(script.name, slot) for script in SCRIPTS.values() for slot in script.slots} <= asked
    assert {type(asked.question) for asked in questions().values()} == set(KINDS)


def test_the_keys_tried_are_those_that_are_commands() -> None:
    assert set(KEYS) == COMMANDS


@every_question
def test_what_is_half_typed_goes_with_its_question_and_that_is_said(name: str, floor: Floor) -> None:
    first = list(questions()).index(name)
    for number in range(extent(2, len(KEYS))):
        key = list(KEYS)[(first + number) % len(KEYS)]
        questions()[name].at(floor)
        assembler = Assembler(Source.KEYBOARD, entry_length_max=400)
        results = assembler.feed(b"12" + KEYS[key] * 2 + b"A-01-1\r", floor.clock.stamp())
        entries = [result for result in results if isinstance(result, Entry)]
        assert [(entry.key, entry.raw) for entry in entries] == [(key, b""), (key, b""), ("", b"A-01-1")]
        floor.desk.take(entries[:1])
        view = floor.desk.view()
        assert view.news == view.chrome.cleared
        floor.desk.take(entries[1:2])
        assert floor.desk.view().news == ""
        if not floor.session.who.operator:
            floor.sign_in()


@every_question
def test_a_command_by_its_barcode_takes_half_typed_text_with_it(name: str, floor: Floor) -> None:
    play = questions()[name].at(floor)
    view = entered(floor, b"12" + barcodes()[Command.HELP.value].encode())
    assert play.is_helped
    assert view.news == view.chrome.cleared
    assert floor.log()[-1][0] == b"CMD:HELP"


@every_question
def test_a_mistake_stops_everything_until_it_is_acknowledged(name: str, floor: Floor) -> None:
    play = questions()[name].at(floor)
    before = (play.slot, play.sent)
    view = entered(floor, NOT_TAKEN, b"1", b"A-01-01", b"135790")
    assert (view.halted, view.tone, play.aside, (play.slot, play.sent)) == (True, Tone.BAD, 3, before)
    view = entered(floor, b".k")
    assert (view.halted, view.message) == (False, "3 scans were not used. Go on here.")


@every_question
def test_while_it_is_red_help_works_and_keys_are_no_scans(name: str, floor: Floor) -> None:
    play = questions()[name].at(floor)
    red = entered(floor, NOT_TAKEN)
    keys = (*(set(KEYS) - LEFT_OUT), "Up", "Shift+F3")
    floor.desk.take([Entry(b"", Source.KEYBOARD, floor.clock.stamp(), key=key) for key in keys])
    assert (entered(floor, b"", b".b", b"CMD:MENU").message, floor.session.play) == (red.message, play)
    helped = entered(floor, b".h", b".n")
    assert (helped.halted, helped.page, play.is_helped) == (True, 1, True)
    assert helped.message == language("en").words(questions()[name].question.help)
    assert len(helped.listed) > 5
    assert [entered(floor, b".b").message, play.aside] == [red.message, 0]
    assert (entered(floor, b".h", b".k").message, play.halted, play.is_helped) == ("Go on.", False, False)


@every_question
def test_a_mistake_says_what_was_read_and_what_is_wanted(name: str, floor: Floor) -> None:
    questions()[name].at(floor)
    for reading, raw in READINGS.items():
        play = floor.session.stack.top.play = questions()[name].play()
        verdict = judged(floor, play, raw)
        said, question = verdict.said, questions()[name].question
        assert play.halted == (verdict.result is Result.REFUSED) == (said is not None and said.tone == "bad")
        assert play.halted or reading != "what cannot be read"
        if not play.halted or said is None:
            continue
        assert said.key.startswith("bad.")
        for code in LANGUAGES:
            words = language(code).said(said)
            assert words != language(code).words(question.help)
            assert len(wrapped(_short(said, code), 20, 9)) <= 2, words
            if "{wanted}" in book.phrase(said.key).text:
                assert words.endswith(language(code).words(question.wants))
        if reading != "what cannot be read":
            assert said.arguments[READ] in [line.text for line in view_of(play, language("en")).lines]


def _short(said: Said, code: str) -> str:
    """A sentence without what may be as long as any code."""
    arguments = {name: value[:10] for name, value in said.arguments.items() if name != "wanted"}
    return language(code).said(Said(said.key, said.tone, {**arguments, "wanted": said.arguments["wanted"]}))


@every_question
def test_the_label_just_answered_read_once_more_is_no_mistake(name: str, floor: Floor) -> None:
    """And no number without a doubt."""
    questions()[name].at(floor)
    for reading, raw in READINGS.items():
        play = floor.session.stack.top.play = questions()[name].play()
        verdict = judged(floor, play, raw, is_again=True)
        assert (play.halted, verdict.result is Result.REFUSED) == (reading == "what cannot be read",) * 2
        assert not (verdict.result is Result.ANSWERED and isinstance(verdict.answer, Amount))


@every_question
def test_nothing_that_is_read_is_passed_over_in_silence(name: str, floor: Floor) -> None:
    """Something is said, or asked, or shown that was not; also of the label that has just been an answer."""
    questions()[name].at(floor)
    for raw in READINGS.values():
        play = floor.session.stack.top.play = questions()[name].play()
        for is_again in (False, True):
            before = view_of(play, floor.session.language)
            result = judged(floor, play, raw, is_again=is_again).result
            floor.session.stack.answer_looks(play)
            if play.end is not None:
                break
            view = view_of(play, floor.session.language)
            is_seen = (view.prompt, view.lines, view.listed) != (before.prompt, before.lines, before.listed)
            assert is_seen or view.message, (raw, result)
            if result is not Result.ANSWERED:
                break


@every_question
def test_what_waits_for_the_same_once_more_is_in_sight(name: str, floor: Floor) -> None:
    """Unless it is a secret: as it was taken, in a sentence or on a line of its own."""
    questions()[name].at(floor)
    for raw in READINGS.values():
        play = floor.session.stack.top.play = questions()[name].play()
        judged(floor, play, raw)
        if play.unconfirmed is None or play.question is None:
            continue
        view = view_of(play, language("en"))
        shown = [view.message, *(line.text for line in view.lines if line.label == "Read")]
        taken = answer_words(play.question, play.unconfirmed, language("en"))
        assert any(taken in text for text in shown) is not play.question.is_secret, (raw, shown)


@every_question
def test_what_the_floor_takes_for_a_new_code_a_file_may_hold(name: str, floor: Floor) -> None:
    questions()[name].at(floor)
    for own in (".L7", "@hand:1001", "L\u00a07", "cmd:L7"):
        play = floor.session.stack.top.play = questions()[name].play()
        verdict = judged(floor, play, own.encode())
        assert command_of(Entry(own.encode(), Source.KEYBOARD, floor.clock.stamp())) is None
        if isinstance(verdict.answer, Text) and questions()[name].question.slot != "subject":
            assert text_fault(own) is None
        elif isinstance(verdict.answer, Place):
            assert code_fault(own) is None


def test_going_on_is_no_deed_that_stays_in_sight(floor: Floor) -> None:
    floor.session.home()
    floor.say("1", "nonsense", ".k")
    view = floor.say(".k")
    assert (view.before, view.message) == ((), "Nothing to do here.")


def test_an_entry_that_is_set_aside_leaves_the_mistake_on_screen(floor: Floor) -> None:
    floor.session.home()
    floor.say("1", "nonsense", ".h", ".n", ".n")
    assert floor.say("A-01-01").message == "Unknown code. Scan place or item."
    assert floor.say(".k").message == "1 scan was not used. Go on here."


def test_the_same_label_twice_within_a_burst(floor: Floor) -> None:
    """A gun whose trigger bounces, at a place, at goods, at a lot that looks like a number, and at a new serial."""
    floor.session.home()
    floor.say("1")
    assert floor.burst("A-01-01", "A-01-01", GTIN, GTIN).message == "That is what you have just scanned."
    assert floor.say("5", "A-01-05").message == "Moved 5 EA to A-01-05."
    floor.say(".m", "1", "A-01-02", "4006381333948", "12", "12")
    view = floor.say("12")
    assert (view.prompt, view.message) == ("How many KG?", "12 is a code too. Enter it again.")
    floor.say(".m", "1", "A-01-04", "4006381333955", "S2-0", "S2-0")
    assert floor.say("S2-0").message == "S2-0 is taken. Scan the next."
    assert floor.say(".m", "nonsense", ".k", "nonsense").halted
