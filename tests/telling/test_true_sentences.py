"""Sentences that claim no more than what happened: undo, a negative book, challenges of a life before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.domain import catalog
from scanner_app.domain.desk.decided_words import DecidedPage, DecidedWord
from scanner_app.domain.desk.replies import CasePage, Reply
from scanner_app.domain.desk.work_replies import StocktakePage, TasksPage
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE, whole
from scanner_app.languages.language import ENGLISH
from scanner_app.session.commands import command_verdict
from scanner_app.session.view.play import view_of
from scanner_app.session.view.view import View
from scanner_app.workflows.engine.commands import Command
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.lookups.goods import ItemRules, Rules
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.menu import number_of
from scanner_app.workflows.parts import phrases as parts
from scanner_app.workflows.parts.quantity import how_many
from scanner_app.workflows.parts.stock import Stock
from scanner_app.workflows.phrases import session as phrases
from scanner_app.workflows.questions.answers import Amount, Answer, Goods, Place, Text
from scanner_app.workflows.questions.ask.challenge import AskChallenge
from scanner_app.workflows.questions.ask.count import AskCount
from scanner_app.workflows.questions.ask.order import AskOrder
from scanner_app.workflows.questions.ask.piece import AskPiece
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.ask.quantity import AskQuantity
from scanner_app.workflows.questions.ask.text import AskText
from scanner_app.workflows.questions.question import Question
from tests.asked import questions
from tests.desk import CASES, DEVICES, DIGITS, OPENED, OVERVIEW, PEOPLE, Desk
from tests.warehouse import GTIN, PIN, Floor
from tests.ways import ways, ways_from

MOVED = ("1", "A-01-01", GTIN, "5", "A-01-02")


def played(script: Script) -> Iterator[Play]:
    """The script at each of its questions that comes behind an answer."""
    for number, beginning in enumerate(script.beginnings):
        for path, request in ways_from(script.name, number):
            if isinstance(request, Question) and any(not name.startswith("look ") for name, _label, _value in path):
                play = Play(script, "operator", beginning)
                for _name, _label, value in path:
                    _send(play, value)
                yield play


def _send(play: Play, value: object) -> None:
    if isinstance(play.request, Look):
        play.tell(value)  # type: ignore[arg-type]
    else:
        play.apply(Verdict(play.slot, Result.ANSWERED, value))  # type: ignore[arg-type]


def is_work(question: Question, answer: Answer) -> bool:
    is_of_a_piece = isinstance(answer, Text) and isinstance(question, AskText | AskPiece | AskCount)
    return isinstance(answer, Place | Goods | Amount) or is_of_a_piece


@pytest.mark.parametrize("name", SCRIPTS)
def test_undo_claims_to_take_back_only_goods_quantities_and_places(name: str) -> None:
    for play in played(SCRIPTS[name]):
        last = next((given for given in reversed(play.given) if not given.was_early), None)
        if last is None:
            continue
        verdict = command_verdict(Command.BACK, play, ENGLISH)
        if last.was_told:
            continue
        assert verdict.said is not None
        claims = verdict.said.key == phrases.TAKEN_BACK.key
        assert claims == is_work(last.question, last.answer), (play.slot, last)
        assert claims or verdict.said.key == phrases.ONE_BACK.key


def test_a_choice_on_the_list_of_today_takes_nothing_back(floor: Floor) -> None:
    floor.sign_in()
    floor.say(*MOVED, ".m", "6", "1")
    assert floor.say("key:F3").message == "Back at this question."
    assert floor.say("1", ".m").message == ""


def test_nothing_is_called_cancelled_where_nothing_was_begun(floor: Floor) -> None:
    """Right behind a move that was booked, *cancelled* would be a lie."""
    floor.sign_in()
    floor.say(*MOVED)
    assert floor.say(".c").message == "From the beginning."
    assert floor.say("A-01-01", ".c").message == "Cancelled. Nothing was booked."


@pytest.mark.parametrize(
    ("known", "sentence", "fact"),
    [
        (-1_012_308, "The book is 1012308 EA short. Again?", ("Short", "1012308 EA")),
        (0, "None known here. Enter again.", ("Here", "0 EA")),
        (7, "Only 7 EA known here. Enter again.", ("Here", "7 EA")),
    ],
)
def test_what_the_book_holds_is_said_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, known: int, sentence: str, fact: tuple[str, str]
) -> None:
    more = [catalog.Stock("A-01-05", "100001", "", "", "OWN", "AVAILABLE", whole(known))] if known else []
    floor = Floor(tmp_path_factory.mktemp("floor"), more=more)
    floor.move()
    view = floor.say("A-01-05", GTIN)
    assert fact in [(line.label, line.text) for line in view.lines]
    assert floor.say("8").message == sentence
    floor.close()


@pytest.mark.parametrize("known", [-1, 0, 1])
def test_all_of_it_is_offered_only_where_there_is_something(known: int) -> None:
    """What a prompt offers is an answer: the place for all of it is one only where the book has some."""
    (rules,) = (value for _label, value in Rules("item").examples()[:1])
    assert isinstance(rules, ItemRules)
    stock = Stock(StockKey("A", "item"), rules, whole(known))
    where = AskPlace(slot="target", phrase=parts.TO_WHERE, help=parts.HELP_TARGET)
    asked = next(how_many(Policies(), stock, Goods("item", "name", "EA", SCALE), where, or_all=True))
    assert isinstance(asked, AskQuantity)
    assert (asked.phrase is parts.MANY_OR_ALL) == (asked.ends is not None) == (known > 0)


SELF_EVIDENT = {"leave challenge ask.challenge"}


SWORN = [name for name, one in questions().items() if type(one.question) in (AskChallenge, AskOrder)]


@pytest.mark.parametrize("name", SWORN)
def test_what_wants_digits_or_a_pin_says_what_it_is_about(name: str) -> None:
    view = view_of(questions()[name].play(), ENGLISH)
    assert bool(view.listed or view.lines) is (name not in SELF_EVIDENT), view


def challenged() -> list[tuple[str, str]]:
    """By the code: the questions that do not outlive the program, with their scripts."""
    asked = ((script, request) for script in SCRIPTS.values() for _path, request in ways(script.name))
    found = {(script.name, ask.slot) for script, ask in asked if isinstance(ask, Question) and not ask.outlives_restart}
    return sorted(found)


STOCKTAKE = StocktakePage(stocktake="2026", begun_us=1, places=9, left=4)
WORDS = DecidedPage(words=(DecidedWord(case=CASES.cases[0], word="seen", by="2001", at_us=1),))
Step = str | Reply
"""A line that is entered, or what the centre answers."""
WAYS: dict[tuple[str, str], tuple[Step, ...]] = {
    ("decide", "sure"): (".m", number_of("decide"), OVERVIEW, "0", CASES, "1", CasePage(opened=OPENED), "1", "1", PIN),
    ("decided", "sure"): (".m", number_of("decided"), WORDS, "1", "1", "1", PIN),
    ("devices", "digits"): (".m", number_of("devices"), DEVICES, "1", "2", "1"),
    ("leave", "challenge"): (*MOVED[:3], ".q"),
    ("my_pin", "digits"): (".m", number_of("my_pin"), "730264", "730264"),
    ("people", "digits"): (".m", number_of("people"), PEOPLE, "1", "3", "1"),
    ("stocktake", "digits"): (".m", number_of("tasks"), TasksPage(), ".t", STOCKTAKE, "1"),
    ("today", "sure"): (*MOVED, ".m", "6", "1", "2"),
}


def went(desk: Desk, way: tuple[Step, ...]) -> View:
    """Go a way: what is no line is the answer of the centre to what was asked last."""
    view = desk.floor.desk.view()
    for step in way:
        view = desk.say(step) if isinstance(step, str) else desk.answer(step)
    return view


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.floor.close()


def test_every_challenge_is_tried() -> None:
    assert challenged() == sorted(WAYS)
    for script in SCRIPTS.values():
        drawn = any(type(request).__name__ == "Challenge" for _path, request in ways(script.name))
        assert drawn == (script.name in {name for name, _slot in WAYS})


@pytest.mark.parametrize("above", [(), (".i",), (".s",)], ids=" ".join)
@pytest.mark.parametrize("way", WAYS.values(), ids=[" ".join(way) for way in WAYS])
def test_a_challenge_dies_with_its_session(desk: Desk, way: tuple[Step, ...], above: tuple[str, ...]) -> None:
    asked = went(desk, way)
    assert DIGITS in asked.prompt
    desk.say(*above)
    view = desk.restart()
    while view.title in ("Look up", "Status"):
        view = desk.say(".b")
    assert DIGITS not in view.prompt
    again = desk.restart()
    assert (again.title, again.prompt, again.lines) == (view.title, view.prompt, view.lines)
    booked, sent = len(desk.floor.events()), len(desk.asked)
    assert not desk.say(DIGITS).finished
    assert (len(desk.floor.events()), len(desk.asked)) == (booked, sent)


def test_a_device_that_was_left_at_the_digits_begins_where_the_work_is(floor: Floor) -> None:
    assert floor.say(".q").title == "Leave"
    assert floor.restart().title == "Sign in"
    before = floor.sign_in() and floor.say(*MOVED[:3])
    floor.say(".q")
    after = floor.restart()
    assert (after.title, after.prompt, after.lines) == (before.title, before.prompt, before.lines)
    floor.say(".q")
    floor.clock.now_us += 3_600_000_000
    assert floor.restart().title == "Locked"
