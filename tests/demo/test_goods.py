"""Goods of the demo warehouse: right check digits, names that try a screen, a mix of tracking."""

import unicodedata
from collections import Counter
from datetime import date

import pytest
from biip.gs1_messages import GS1Message
from biip.gtin import Gtin
from biip.sscc import Sscc

from scanner_app.demo.digits import gtin13, gtin14, sscc
from scanner_app.demo.goods import REFERENCE_DATE, make_goods, shared_code
from scanner_app.domain.catalog import Tracking
from scanner_app.domain.check_digit import check_digit

GOODS = make_goods(800, seed=1)


@pytest.mark.parametrize(
    ("body", "digit"),
    [("400638133393", "1"), ("629104150021", "3"), ("10614141000415"[:13], "5"), ("00614141000012345"[:17], "2")],
)
def test_check_digits_are_those_of_published_examples(body: str, digit: str) -> None:
    assert check_digit(body) == digit


@pytest.mark.parametrize("number", [0, 1, 799, 100_000, 999_999_999])
def test_an_independent_parser_takes_every_kind_of_number(number: int) -> None:
    assert Gtin.parse(gtin13(number)).as_gtin_13() == gtin13(number)
    assert Gtin.parse(gtin14(1, gtin13(number))).value == gtin14(1, gtin13(number))
    assert Sscc.parse(sscc(number)).value == sscc(number)


def test_every_barcode_of_an_item_is_a_valid_gtin_and_names_one_of_its_units() -> None:
    for good in GOODS:
        units = {good.item.base_unit, *(unit.unit for unit in good.units)}
        assert all(Gtin.parse(row.code).value and row.unit in units for row in good.barcodes)
        named = [row.item for row in good.units] + [row.item for row in good.barcodes] + [row.item for row in good.lots]
        assert set(named) == {good.item.item}
        assert len(good.item.item) == 6


def test_one_code_and_only_one_lies_on_two_items() -> None:
    often = Counter(row.code for good in GOODS for row in good.barcodes)
    code, items = shared_code(GOODS)
    assert [name for name, times in often.items() if times > 1] == [code]
    assert items == ("100001", "100002")


def test_tracking_is_mixed_as_on_a_real_floor() -> None:
    share = Counter(good.item.tracking for good in GOODS)
    assert {kind: times / 8 for kind, times in share.items()} == {
        Tracking.NONE: 80,
        Tracking.LOT: 14,
        Tracking.SERIAL: 5,
        Tracking.LOT_SERIAL: 1,
    }
    assert sum(good.item.decimals == 3 and good.item.base_unit == "KG" for good in GOODS) == 24


def test_lots_expire_around_the_reference_date_and_are_told_apart() -> None:
    for good in GOODS:
        assert bool(good.lots) == good.item.tracking.wants_lot == good.item.has_expiry
        assert len({lot.lot for lot in good.lots}) == len(good.lots)
        assert all(-30 <= (date.fromisoformat(lot.expires) - REFERENCE_DATE).days <= 500 for lot in good.lots)


def test_some_names_are_long_some_accented_some_wide() -> None:
    names = [good.item.name for good in GOODS]
    assert len(set(names)) == len(names)
    assert sum(len(name) > 40 for name in names) > 20
    assert any("Müsli" in name for name in names)
    assert any("Jalapeño" in name for name in names)
    assert any(unicodedata.east_asian_width(letter) in "WF" for name in names for letter in name)
    assert all(unicodedata.is_normalized("NFC", name) and name.isprintable() for name in names)


def test_a_case_label_reads_as_gtin_and_lot() -> None:
    good = next(good for good in GOODS if good.lots and good.case_gtin)
    message = GS1Message.parse(f"01{good.case_gtin}10{good.lots[0].lot}")
    assert [(element.ai.ai, element.value) for element in message.element_strings] == [
        ("01", good.case_gtin),
        ("10", good.lots[0].lot),
    ]
