"""Numbers with marks: what may mean a thousand times as much is asked, or shown before it counts."""

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.quantity import SCALE, Marks, marks_of, parse_quantity
from scanner_app.workflows.questions.answers import Amount
from scanner_app.workflows.questions.ask.quantity import AskQuantity
from scanner_app.workflows.questions.facts import Facts, KnownUnit
from scanner_app.workflows.questions.judgement import Accepted, Again, Ignored, Judgement, Refused
from scanner_app.workflows.questions.limits import Limits
from tests.asked import questions

EITHER = ["1.000", "1,000", "12.345", "999,999", "100.000"]
THOUSANDS = ["1.000.000", "1,000,000", "1'000", "1\u2019000", "1 000", "1\u202f000", "1.000,5", "1,000.5", "10'000,25"]
DECIMAL = ["1", "1000", "1.5", "1,50", "0.250", "0,001", "1234.5", "2.5000", "1.00"]


def asked() -> Iterator[AskQuantity]:
    """Every question for a quantity that a script asks."""
    for one in questions().values():
        if isinstance(one.question, AskQuantity):
            yield one.question


def judged(text: str, decimals: int, question: AskQuantity) -> Judgement:
    question = msgspec.structs.replace(
        question, decimals=decimals, unit="KG", base_unit="KG", factor=SCALE, known=10**15, moved=0, ends=None
    )
    return question.judge(Reading(text, (text,)), Facts(units=(KnownUnit("KG", SCALE),)), 7, Limits())


def test_there_are_questions_for_a_quantity() -> None:
    assert {question.phrase.key for question in asked()} >= {"ask.quantity", "ask.counted", "ask.quantity_or_all"}


@pytest.mark.parametrize("text", [*EITHER, *THOUSANDS])
def test_pieces_are_asked_again_without_marks(text: str) -> None:
    for question in asked():
        for unit in ("", " KG", "kg")[: 3 if " " not in text and "\u202f" not in text else 1]:
            answer = judged(text + unit, 0, question)
            assert isinstance(answer, Ignored), (text, unit, answer)
            assert answer.said.key == "again.type_plain"


@pytest.mark.parametrize("text", EITHER)
def test_with_decimals_it_is_shown_before_it_counts(text: str) -> None:
    for question in asked():
        answer = judged(text, 3, question)
        assert isinstance(answer, Again)
        assert answer.doubts[0].key == "again.mark"
        shown = float(text.replace(",", "."))
        assert answer.doubts[0].arguments["quantity"] == f"{shown:g} KG"
        assert answer.answer == Amount(round(shown * SCALE), 7)


@pytest.mark.parametrize("text", THOUSANDS)
def test_thousands_are_never_a_number(text: str) -> None:
    assert all(isinstance(judged(text, 3, question), Ignored) for question in asked())


@pytest.mark.parametrize("text", DECIMAL)
def test_what_can_be_read_in_one_way_is_taken(text: str) -> None:
    for question in asked():
        assert isinstance(judged(text, 4, question), Accepted)
        fine = parse_quantity(text)
        if isinstance(fine, int) and fine % SCALE:
            assert isinstance(judged(text, 0, question), Refused)


@given(st.integers(1, 10**6), st.sampled_from(".,'\u2019 "))
def test_no_way_of_writing_thousands_is_read_as_a_decimal_in_silence(number: int, mark: str) -> None:
    written = f"{number:,}".replace(",", mark)
    assert (marks_of(written) is Marks.DECIMAL) == (number < 1000)
