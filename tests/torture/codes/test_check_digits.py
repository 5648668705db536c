"""Any one changed digit of whatever has a check is noticed; what a check cannot see is proven."""

import itertools
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.check_digit import check_digit, is_checked
from scanner_app.domain.recognition.gs1.checks import CHECK_SIGNS, PRIME, SIGNS, WEIGHTS, check_pair, is_iban
from scanner_app.domain.recognition.gs1.rules import RULES
from scanner_app.domain.recognition.hibc import SIGNS as HIBC_SIGNS
from scanner_app.domain.recognition.hibc import check_character
from scanner_app.domain.recognition.label import Why
from tests.extent import extent

CHECKED = [ai for ai, rules in RULES.items() if any(rule.why is Why.MISREAD for rule in rules)]
BESIDE = {"8006": "0101", "8026": "0101", "253": "AB1", "255": "000001", "8003": "CRATE7"}
"""What stands behind the part that is checked."""


class Value(NamedTuple):
    """A right value, and which of its characters are checked."""

    text: str
    begin: int
    end: int


def value_of(ai: str, digits: str) -> Value:
    """A right value of an identifier, from any digits."""
    if ai == "8013":
        body = f"4006381m{digits[:12]}"
        return Value(body + check_pair(body), 0, len(body))
    if ai == "8007":
        body = digits[:16]
        check = next(f"{check:02}" for check in range(2, 99) if is_iban(f"DE{check:02}{body}"))
        return Value(f"DE{check}{body}", 2, 20)
    rule = next(rule for rule in RULES[ai] if rule.why is Why.MISREAD)
    body = digits[: rule.end - rule.begin - 1]
    return Value("0" * rule.begin + body + check_digit(body) + BESIDE.get(ai, ""), rule.begin, rule.end)


def reading(text: str) -> Reading:
    found = read(text.encode())
    assert isinstance(found, Reading)
    return found


DIGITS = st.text("0123456789", min_size=18, max_size=18)


def test_every_identifier_with_a_check_is_tried() -> None:
    """Those of the General Specifications that end, or whose first part ends, in a check digit or two characters."""
    goods = {"00", "01", "02", "03", "253", "255", "402", "8003", "8006", "8017", "8018", "8026"}
    assert set(CHECKED) == goods | {f"41{kind}" for kind in range(8)} | {"8007", "8013"}


@settings(max_examples=extent(200, 50_000), deadline=None)
@given(
    ai=st.sampled_from(CHECKED), digits=DIGITS, place=st.integers(0, 40), more=st.integers(1, 9),
    aim=st.sampled_from(["]C1", "]d2", "]Q3"]),
)  # fmt: skip
def test_any_one_changed_digit_is_noticed(ai: str, digits: str, place: int, more: int, aim: str) -> None:
    value = value_of(ai, digits)
    assert reading(aim + ai + value.text).why is not Why.MISREAD
    at = value.begin + place % (value.end - value.begin)
    if not value.text[at].isdigit():
        return
    changed = value.text[:at] + str((int(value.text[at]) + more) % 10) + value.text[at + 1 :]
    found = reading(aim + ai + changed)
    assert (found.why, found.label, found.ways, found.codes) == (Why.MISREAD, None, (), (found.text,))


def test_mod_10_sees_every_change_of_one_digit_and_all_swaps_but_of_those_five_apart() -> None:
    """A digit weighs 1 or 3, neither of which shares a factor with 10; swapped neighbours change the sum by twice their
    difference, which is a multiple of 10 only where they are five apart.
    """
    assert all(weight * more % 10 for weight in (1, 3) for more in range(1, 10))
    unseen = {(a, b) for a, b in itertools.product(range(10), repeat=2) if a != b and 2 * (a - b) % 10 == 0}
    assert unseen == {(a, (a + 5) % 10) for a in range(10)}
    for one, other in itertools.product(range(10), repeat=2):
        number = f"400638{one}{other}1234"
        number += check_digit(number)
        swapped = f"400638{other}{one}{number[8:]}"
        assert is_checked(swapped) is (one == other or (one, other) in unseen)


def test_a_pair_of_check_characters_sees_every_change_of_one_character() -> None:
    """Weight and change are both less than a prime, which then divides no product of them."""
    assert max(*WEIGHTS, len(SIGNS)) < PRIME
    assert all(PRIME % divisor for divisor in range(2, 32))
    assert len(CHECK_SIGNS) ** 2 > PRIME
    assert check_pair("1987654Ad4X4bL5ttr2310c") == "2K"


def test_mod_97_sees_every_change_of_one_digit() -> None:
    assert all(pow(10, place, 97) * more % 97 for place in range(34) for more in range(1, 10))


PRIMARIES = st.from_regex(r"\+[A-Z][A-Z0-9]{3}[A-Z0-9]{1,13}[0-9](/\$\$3261231[A-Z0-9]{1,13})?", fullmatch=True)


@settings(max_examples=extent(60, 20_000), deadline=None)
@given(PRIMARIES, st.integers(0, 60), st.sampled_from(HIBC_SIGNS))
def test_any_one_changed_character_of_health_care_is_noticed(body: str, place: int, sign: str) -> None:
    whole = body + check_character(body)
    right = reading(whole)
    assert right.label is not None
    at = 1 + place % (len(whole) - 1)
    changed = reading(whole[:at] + sign + whole[at + 1 :])
    assert changed.label == (right.label if sign == whole[at] else None)


@pytest.mark.parametrize(("body", "item"), [("+H7R9PUMP331", "H7R9PUMP331"), ("+A123B58", "A123B58")])
def test_a_check_character_may_be_a_blank_and_is_judged_as_it_came(body: str, item: str) -> None:
    assert check_character(body) == " "
    for text in (f"{body} ", f"]C0{body} ", f"  {body} ", f"*{body} *"):
        found = reading(text)
        assert found.label is not None
        assert found.label.item == item
    assert reading(body).label is None
