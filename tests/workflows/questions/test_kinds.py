"""Laws of every kind of question: listed, judged, told in words and in a chart, and asked for by what it wants."""

from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules
from typing import Any

import msgspec
import pytest

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.desk.asks import Ask, AskDevices, Order, RetireOperator
from scanner_app.workflows.lookups.stock import HeldRow
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Answer
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.goods import AskGoods
from scanner_app.workflows.questions.ask.nothing import AskNothing
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.ask.plate import AskPlate
from scanner_app.workflows.questions.ask.quantity import AskQuantity
from scanner_app.workflows.questions.ask.subject import AskSubject
from scanner_app.workflows.questions.facts import Facts, KnownGoods, KnownPlace, Wanted
from scanner_app.workflows.questions.judgement import Accepted, Again, Ignored, Refused, Sent, Several
from scanner_app.workflows.questions.kinds import KINDS
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.question import Question

ANSWERS = msgspec.json.Decoder(Answer)
GIVEN: dict[Any, Any] = {
    str: "place", int: 1, bool: False, Phrase: Phrase("x", "x"), frozenset[str]: frozenset({"item"}),
    Ask: AskDevices(), Order: RetireOperator(id="1", operator="1001"),
}  # fmt: skip
CODES = ["A-01-01", "4006381333931", "135790", "1", "2 CS", "]C1010400638133393110L1", "?", "x" * 99]
FACTS = [
    Facts(),
    Facts(places=(KnownPlace("A-01-01"),)),
    Facts(goods=(KnownGoods("item", "Pen", "EA", 10**6),)),
    Facts(places=(KnownPlace("A-01-01"), KnownPlace("P", is_plate=True)), goods=(KnownGoods("i", "n", "EA", 10**6),)),
]


def asked(kind: type[Question]) -> Question:
    """A question of a kind, with something in each field that has nothing by itself, and two options."""
    required = [field for field in msgspec.structs.fields(kind) if field.required]
    given = {field.name: GIVEN[field.type] for field in required} | {"slot": "lot"}
    return kind(**given, options=(Option("place:A-01-01", text="A-01-01"), Option("2", text="second")))


def of(module: str) -> list[type[Question]]:
    """The kinds that a file of the folder holds."""
    held = vars(import_module(f"{ask.__name__}.{module}")).values()
    return [kind for kind in held if isinstance(kind, type) and kind.__module__ == f"{ask.__name__}.{module}"]


def test_every_file_holds_one_kind_and_every_kind_is_listed() -> None:
    files = [of(module.name) for module in iter_modules(ask.__path__)]
    assert [len(kinds) for kinds in files] == [1] * len(KINDS)
    assert {kinds[0] for kinds in files} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_judges_and_is_tried_in_its_own_way(kind: type[Question]) -> None:
    assert {"judge", "examples"} <= set(vars(kind)), kind
    assert kind.__doc__


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_read_is_judged_and_what_is_taken_can_be_kept(kind: type[Question]) -> None:
    question = asked(kind)
    for reading in filter(lambda reading: isinstance(reading, Reading), (read(code.encode()) for code in CODES)):
        assert isinstance(reading, Reading)
        for facts in FACTS:
            judged = question.judge(reading, facts, 7, Limits())
            assert isinstance(judged, Accepted | Again | Refused | Ignored | Several | Sent)
            if isinstance(judged, Accepted | Again):
                assert judged.answer.wall_us == 7
                assert ANSWERS.decode(msgspec.json.encode(judged.answer)) == judged.answer


ENDS = AskPlace(slot="counted", phrase=Phrase("x", "x"), help=Phrase("x", "x"))
VARIED: list[tuple[type[Question], dict[str, Any]]] = [
    *((kind, {}) for kind in KINDS),
    (AskPlace, {"or_goods": True}),
    (AskGoods, {"plate": "P", "at": "B"}),
    (AskQuantity, {"ends": ENDS, "counts": True, "counted": 10**6, "counted_us": -(10**9), "factor": 10**6}),
    (AskPlate, {"may_be_new": True}),
]


@pytest.mark.parametrize(("kind", "varied"), VARIED)
def test_what_means_several_things_is_never_a_dead_end_where_one_of_them_would_do(
    kind: type[Question], varied: dict[str, Any]
) -> None:
    question = msgspec.structs.replace(asked(kind), **varied)
    reading = read(b"]C07001")
    assert isinstance(reading, Reading)
    places = (KnownPlace("7001"), KnownPlace("LBL"), KnownPlace("P1", is_plate=True), KnownPlace("P2", is_plate=True))
    codes = (("place", "EA"), ("place", "CS"), ("item", "EA"), ("item", "CS"))
    goods = tuple(KnownGoods(item, "name", unit, 10**6) for item, unit in codes)
    meanings = [Facts(places=(place,)) for place in places] + [Facts(goods=(one,)) for one in goods]

    def is_taken(facts: Facts) -> bool:
        return isinstance(question.judge(reading, facts, 7, Limits()), Accepted | Again)

    def is_answered(facts: Facts) -> bool:
        judged = question.judge(reading, facts, 7, Limits())
        if not isinstance(judged, Several):
            return not isinstance(judged, Refused)
        return any(is_taken(facts.only(one.kind, one.code, one.unit)) for one in judged.meanings)

    for one, other in combinations(meanings, 2):
        if is_taken(one) or is_taken(other):
            both = Facts(places=one.places + other.places, goods=one.goods + other.goods)
            assert is_answered(both), (one, other)
            are_alike = bool(one.places) is bool(other.places) and kind is not AskSubject  # which lists what it finds
            if is_taken(one) and is_taken(other) and are_alike:
                assert isinstance(question.judge(reading, both, 7, Limits()), Several), (one, other)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not AskNothing])
def test_every_kind_has_answers_to_try_and_words_for_each(kind: type[Question]) -> None:
    question = asked(kind)
    assert question.examples()
    for name, answer in question.examples():
        shown = question.words(answer)
        assert name
        assert shown.text or shown.phrase or shown.parts or question.is_secret
        assert question.label_of(answer) is None or isinstance(question.label_of(answer), Phrase)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_wants_to_be_known_is_told_by_the_question_alone(kind: type[Question]) -> None:
    wanted = asked(kind).wanted
    assert isinstance(wanted, Wanted)
    assert not (wanted.is_of_people and (wanted.places or wanted.marks or wanted.units_of))
    assert not wanted.checked or wanted.places


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_keeps_what_it_does_not_know_is_no_secret_and_says_how_to_answer(kind: type[Question]) -> None:
    question = asked(kind)
    if question.takes_unknown("135790"):
        assert not kind.is_secret
        assert kind.forms


def test_an_option_is_told_in_its_own_words() -> None:
    question = asked(AskChoice)
    assert question.words(question.examples()[1][1]).text == "second"


def test_an_amount_is_told_in_the_unit_that_was_asked_for() -> None:
    row = HeldRow("place", "item", "", "", "OWN", "AVAILABLE", 24 * 10**6)
    question = AskQuantity(
        slot="quantity", phrase=GIVEN[Phrase], help=GIVEN[Phrase], item=row.item, base_unit="EA", unit="CS",
        factor=12 * 10**6, decimals=0, known=row.quantity,
    )  # fmt: skip
    assert [part.text for shown in question.context for part in shown.parts] == ["CS = 12 EA", "2 CS"]
