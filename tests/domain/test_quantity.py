"""Quantities are exact, and what a person writes is either one or named for what it is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.quantity import QUANTITY_MAX, SCALE, NotAQuantity, parse_quantity, show_quantity


@given(st.integers(1, 10**15))
def test_what_is_shown_reads_back(quantity: int) -> None:
    assert parse_quantity(show_quantity(quantity)) == quantity


@given(st.integers(-(10**18), 10**18))
def test_what_is_shown_is_the_decimal(quantity: int) -> None:
    assert Decimal(show_quantity(quantity)) == Decimal(quantity) / SCALE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12", 12 * SCALE),
        ("0,5", SCALE // 2),
        (".5", SCALE // 2),
        ("", NotAQuantity.NOT_A_NUMBER),
        (".", NotAQuantity.NOT_A_NUMBER),
        ("1e3", NotAQuantity.NOT_A_NUMBER),
        ("-1", NotAQuantity.NOT_A_NUMBER),
        ("١", NotAQuantity.NOT_A_NUMBER),
        ("1.2.3", NotAQuantity.NOT_A_NUMBER),
        ("1,2.3", NotAQuantity.NOT_A_NUMBER),
        ("0", NotAQuantity.NOT_POSITIVE),
        ("0.000001", 1),
        ("9000000000000", QUANTITY_MAX),
        ("9000000000000.000001", NotAQuantity.TOO_LARGE),
        ("0.0000001", NotAQuantity.TOO_MANY_DECIMALS),
        ("9" * 30, NotAQuantity.TOO_LARGE),
    ],
)
def test_a_quantity_or_the_reason_why_not(text: str, found: int | NotAQuantity) -> None:
    assert parse_quantity(text) == found


@pytest.mark.parametrize(
    ("text", "decimals", "found"),
    [("2", 0, 2 * SCALE), ("2.0", 0, 2 * SCALE), ("2.5", 0, NotAQuantity.TOO_MANY_DECIMALS), ("2.5", 1, 2_500_000)],
)
def test_an_item_has_so_many_decimals(text: str, decimals: int, found: int | NotAQuantity) -> None:
    assert parse_quantity(text, decimals) == found


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    found = parse_quantity(text)
    assert isinstance(found, NotAQuantity) or found > 0
