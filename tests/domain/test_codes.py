"""Most codes are plain and pass at a glance; the glance lets through only what the whole law lets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.codes import CODE_LENGTH_MAX, CodeFault, code_fault, number_disguise, text_fault

_letters = st.text("0179AEae-+.,/_: '@\u2019\u0661cmd", max_size=9)
_numbers = st.from_regex(r"\A\d{1,3}([.,]\d{1,3})?([eE][-+]?\d{1,2})?\Z")
_long = st.integers(CODE_LENGTH_MAX - 1, CODE_LENGTH_MAX + 1).map(lambda length: "A" * length)


@given(_letters | _numbers | _long | st.just("CMD:UNDO"))
def test_a_plain_code_is_one_that_the_whole_law_lets_through(code: str) -> None:
    law = text_fault(code, CODE_LENGTH_MAX) or number_disguise(code)
    is_ours = code.startswith(("@", ".")) or "CMD:" in code.upper()
    assert code_fault(code) is (CodeFault.OWN_MARK if is_ours else law)


@pytest.mark.parametrize("code", ["]C1010400", "]d2X", "]Q3"])
def test_what_scanners_put_before_a_code_is_no_beginning_of_one(code: str) -> None:
    assert code_fault(code) is CodeFault.SYMBOLOGY
    assert code_fault(code[3:] or "X") is None


def test_one_digit_that_was_shortened_is_no_plain_code() -> None:
    assert (code_fault("1E-5"), code_fault("A1E-5")) == (CodeFault.SHORTENED, None)
