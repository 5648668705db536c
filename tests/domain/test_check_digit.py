"""One digit of ten is right; a GTIN and an SSCC have their lengths; a spoilt code is told from one of another kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.check_digit import Spoilt, check_digit, is_checked, is_gtin, is_sscc, spoilt_gtin

BODIES = st.integers(7, 17).flatmap(lambda length: st.from_regex(f"[0-9]{{{length}}}", fullmatch=True))


@given(BODIES)
def test_exactly_one_check_digit_is_right(body: str) -> None:
    assert [digit for digit in "0123456789" if is_checked(body + digit)] == [check_digit(body)]


@given(BODIES, st.integers(0, 17), st.integers(1, 9))
def test_any_one_changed_digit_is_noticed(body: str, place: int, more: int) -> None:
    number = body + check_digit(body)
    at = place % len(number)
    assert not is_checked(number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :])


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("340123450000000017", True), ("340123450000000018", False), ("34012345000000017", False), ("3" * 19, False)],
)
def test_an_sscc_has_eighteen_digits_the_last_of_which_is_right(text: str, is_one: bool) -> None:
    assert is_sscc(text) is is_one


@pytest.mark.parametrize(
    ("text", "spoilt"),
    [
        ("4006381333931", Spoilt.NOT), ("4006381333932", Spoilt.WRONG_DIGIT), ("96385075", Spoilt.WRONG_DIGIT),
        ("36000291452", Spoilt.LOST_ZERO), ("1234565", Spoilt.LOST_ZERO), ("36000291453", Spoilt.NOT),
        ("PEN-4711", Spoilt.NOT), ("٤٠٠٦٣٨١٣٣٣٩٣٢", Spoilt.NOT), ("", Spoilt.NOT),
    ],
)  # fmt: skip
def test_a_spoilt_gtin_is_told_from_a_code_of_another_kind(text: str, spoilt: Spoilt) -> None:
    assert spoilt_gtin(text) is spoilt
    assert is_gtin(text) is (text == "4006381333931")
