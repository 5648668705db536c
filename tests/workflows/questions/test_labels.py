"""Laws of labels at questions: each fault has its sentence at every kind; a label of other goods answers nothing."""

from collections.abc import Iterator

import pytest
from msgspec.structs import fields, replace

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.clock import Stamp
from scanner_app.domain.recognition.label import DOUBTFUL, Why
from scanner_app.languages.language import LANGUAGES, language
from scanner_app.workflows.engine.interpret import Moment, interpret
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.script import Left, Script, Steps
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import label_phrases as say
from scanner_app.workflows.questions.ask.count import AskCount
from scanner_app.workflows.questions.ask.pick import AskPick
from scanner_app.workflows.questions.ask.plate import AskPlate
from scanner_app.workflows.questions.ask.quantity import AskQuantity
from scanner_app.workflows.questions.ask.text import AskText
from scanner_app.workflows.questions.facts import Facts, KnownGoods
from scanner_app.workflows.questions.kinds import KINDS
from scanner_app.workflows.questions.limits import Limits
from scanner_app.workflows.questions.misread import SENTENCES
from scanner_app.workflows.questions.question import Question
from tests.workflows.questions.test_kinds import asked

MOMENT = Moment(Stamp(7, 7, "boot"), 0)
GLUE, PASTE = "04006381333931", "04006381333948"
SPOILT = {
    Why.MISREAD: ("]C10104006381333932", "]C100395210000000000995", "00395210000000000995", "]E04006381333932"),
    Why.WRONG_DIGIT: ("395210000000000995",),
    Why.BAD_DATE: (f"]C101{GLUE}17260431", f"01{GLUE}17260431"),
    Why.BAD_VALUE: (f"]C101{GLUE}422999", f"01{GLUE}3932000150"),
    Why.CONTRADICTS: (f"]C101{GLUE}02{PASTE}", f"]C101{GLUE}31030010003102000100"),
    Why.NO_SIGNS: ("[)>06PGLUE-5Q10",),
    Why.MALFORMED: ("]C1HELLO", "[)>\x1e06\x1d??\x1e\x04"),
    Why.TOO_LONG: (f"]C101{GLUE}240{'X' * 300}",),
    Why.TWICE: (f"]C101{GLUE}01{PASTE}",),
}
OF_OTHERS = {
    "item": f"]C101{PASTE}",
    "lot": f"]C101{PASTE}10L1",
    "serial": f"]C101{PASTE}21S1",
    "expiry": f"]C101{PASTE}1727013110L1",
    "count": f"]C101{PASTE}305\x1d10L1",
    "load unit": "]C100340123450000000017" + f"02{PASTE}3712\x1d10L1",
    "no identifier": f"01{PASTE}10L1",
    "no separators": f"01{PASTE}10L117270131",
    "ean": "]E04006381333948",
}
"""What a label of paste may say, where the question is about glue."""
TAKES_WORDS = frozenset({Why.WRONG_DIGIT})
IN_QUESTION = [
    kind for kind in KINDS if kind is not AskCount and {"item", "items"} & {field.name for field in fields(kind)}
]
"""In a count a label of other goods is the next thing: it confirms the line."""
"""Kinds that are about goods which are known already."""


def reading(text: str) -> Reading:
    found = read(text.encode())
    assert isinstance(found, Reading)
    return found


def verdict(question: Question, found: Reading, facts: Facts) -> Verdict:
    """What becomes of a reading at a question."""

    def steps(_operator: str) -> Steps:
        yield question
        yield Left()

    script = Script(name="any", title=Phrase("any", "any"), steps=steps, slots=(question.slot,))
    return interpret(Play(script, "1001", {}), found, facts, MOMENT, Limits())


def spoilt() -> Iterator[tuple[Why, str]]:
    return ((why, text) for why, texts in SPOILT.items() for text in texts)


def test_every_fault_has_a_sentence_and_an_example() -> None:
    assert set(SPOILT) == set(SENTENCES) == set(Why) - DOUBTFUL - {Why.NOTHING}
    assert all(reading(text).why is why for why, text in spoilt())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_each_fault_is_told_at_every_kind_in_its_own_words(kind: type[Question], code: str) -> None:
    question = asked(kind)
    for why, text in spoilt():
        became = verdict(question, reading(text), Facts())
        if why in TAKES_WORDS and why not in kind.minds:
            continue
        assert became.result is Result.REFUSED, (kind, why)
        assert became.said is not None
        told = language(code).said(became.said)
        assert told not in ("", became.said.key)
        if why in kind.minds:
            assert told == language(code).words(SENTENCES[why])


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_faults_are_told_alike(code: str) -> None:
    phrases = [*SENTENCES.values(), say.NO_SEPARATOR, say.WHOLE_AGAIN, say.UNKNOWN_ITEM, say.NO_LOT, say.NO_SERIAL]
    assert len({language(code).words(phrase) for phrase in phrases}) == len(phrases)


def test_the_kinds_that_read_codes_mind_every_fault_of_a_label() -> None:
    minding = {kind.__name__ for kind in KINDS if kind.minds}
    reading_codes = ("Place", "Goods", "Piece", "Plate", "Pick", "Again", "Subject", "Text", "Quantity", "Count")
    assert minding == {f"Ask{name}" for name in reading_codes}
    assert {kind.__name__ for kind in KINDS if kind.takes_labels} <= minding


def test_a_misread_load_unit_is_no_new_plate_however_it_came() -> None:
    question = replace(asked(AskPlate), may_be_new=True)
    for text in ("395210000000000995", "00395210000000000995", "]C100395210000000000995", "]C0395210000000000995"):
        assert verdict(question, reading(text), Facts()).result is Result.REFUSED, text
    for text in ("340123450000000017", "00340123450000000017", "]C100340123450000000017"):
        became = verdict(question, reading(text), Facts())
        assert became.answer is not None, text
        assert became.answer.words == "340123450000000017"


def test_the_label_of_goods_is_no_new_plate() -> None:
    question = replace(asked(AskPlate), may_be_new=True)
    assert verdict(question, reading(OF_OTHERS["lot"]), Facts()).result is Result.REFUSED
    assert verdict(question, reading(OF_OTHERS["load unit"]), Facts()).result is Result.ANSWERED


def of_one_stock(kind: type[Question]) -> bool:
    return kind is not AskCount and {"item", "lot", "serial"} <= {field.name for field in fields(kind)}


def about_glue(kind: type[Question], slot: str) -> Question:
    question = asked(kind)
    about = {"items": frozenset({"GLUE"})} if kind is AskPick else {"item": "GLUE"}
    return replace(question, slot=slot, **about)


@pytest.mark.parametrize("slot", ["lot", "serial", "quantity"])
@pytest.mark.parametrize("said", OF_OTHERS)
@pytest.mark.parametrize("kind", IN_QUESTION)
def test_a_label_of_another_item_answers_no_question_about_this_one(kind: type[Question], said: str, slot: str) -> None:
    facts = Facts(goods=(KnownGoods("PASTE", "Paste", "EA", 10**6),))
    became = verdict(about_glue(kind, slot), reading(OF_OTHERS[said]), facts)
    assert became.result is Result.REFUSED
    assert became.said is not None
    if kind is not AskPick:
        assert language("").said(became.said) == "This is PASTE, not GLUE."


@pytest.mark.parametrize("said", [said for said in OF_OTHERS if said != "no separators"])
@pytest.mark.parametrize("kind", [AskText, AskQuantity])
def test_a_label_of_an_item_that_nobody_knows_answers_neither(kind: type[Question], said: str) -> None:
    became = verdict(about_glue(kind, "lot"), reading(OF_OTHERS[said]), Facts())
    assert became.said is not None
    assert became.said.key == say.UNKNOWN_ITEM.key


@pytest.mark.parametrize("text", [f"]C101{GLUE}10L2", f"]C101{GLUE}10L2\x1d21S1", f"]C101{GLUE}10L1\x1d21S2"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if of_one_stock(kind)])
def test_a_label_of_another_lot_or_serial_of_the_item_is_no_answer(kind: type[Question], text: str) -> None:
    counting = {"counts": True, "counted_us": -(10**9)} if kind is AskQuantity else {}
    question = replace(about_glue(kind, "any"), lot="L1", serial="S1", **counting)
    facts = Facts(goods=(KnownGoods("GLUE", "Glue", "EA", 10**6),))
    assert verdict(question, reading(text), facts).result is Result.REFUSED
    assert verdict(question, reading(f"]C101{GLUE}10L1\x1d21S1"), facts).result is Result.ANSWERED
    assert verdict(question, reading(f"]C101{GLUE}"), facts).result is Result.ANSWERED


def test_a_label_of_a_lot_that_is_not_at_hand_picks_nothing() -> None:
    question = replace(about_glue(AskPick, "goods"), held_rows=frozenset({("GLUE", "L1", "")}))
    facts = Facts(goods=(KnownGoods("GLUE", "Glue", "EA", 10**6),))
    assert verdict(question, reading(f"]C101{GLUE}10L2"), facts).result is Result.REFUSED
    assert verdict(question, reading(f"]C101{GLUE}10L1"), facts).result is Result.ANSWERED
    assert verdict(question, reading(f"]C101{GLUE}"), facts).result is Result.ANSWERED
