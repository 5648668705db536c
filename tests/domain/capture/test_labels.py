"""A label gives back as one thing what was composed into it, and a spoilt one is refused with the reason why."""

from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.check_digit import check_digit, is_gtin
from scanner_app.domain.recognition.gs1.days import day_of
from scanner_app.domain.recognition.gs1.elements import ELEMENTS_MAX, LENGTH_MAX
from scanner_app.domain.recognition.label import DOUBTFUL, Label, Why
from scanner_app.domain.recognition.separators import GS

CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./_+"
TEXTS = st.text(CHARACTERS, min_size=1, max_size=20)
GTINS = st.integers(0, 10**13 - 1).map(lambda number: f"{number:013}{check_digit(f'{number:013}')}")
SSCCS = st.integers(0, 10**17 - 1).map(lambda number: f"{number:017}{check_digit(f'{number:017}')}")
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2075, 12, 31))
GTIN, OTHER, SSCC = "04006381333931", "04006381333948", "340123450000000017"


class Goods(NamedTuple):
    gtin: str
    lot: str
    serial: str
    day: str

    @property
    def label(self) -> Label:
        return Label(gtin=self.gtin, lot=self.lot, serial=self.serial, expires=self.day)

    def composed(self, separator: str) -> str:
        digits = self.day[2:].replace("-", "")
        parts = [f"01{self.gtin}", f"17{digits}" if digits else ""]
        ended = [f"10{self.lot}" if self.lot else "", f"21{self.serial}" if self.serial else ""]
        return "".join(parts) + separator.join(part for part in ended if part)


NOTHING = st.just("")
GOODS = st.builds(Goods, GTINS, NOTHING | TEXTS, NOTHING | TEXTS, NOTHING | DAYS.map(lambda day: day.isoformat()))


@pytest.fixture(autouse=True, scope="module")
def identifiers() -> None:
    """Loading what is known of identifiers takes longer than one example may."""
    read(b"]C110L1")


def reading(text: str) -> Reading:
    found = read(text.encode())
    assert isinstance(found, Reading), text
    return found


def is_given_back(found: Reading, label: Label) -> bool:
    """As it is; or, where something in it looks like lost separators, as one of the ways it may be."""
    return label in found.ways if found.why in DOUBTFUL else (found.label == label and not found.why)


@given(GOODS, st.sampled_from(["]C1", "]d2", "]Q3", "]e0"]))
def test_what_was_composed_into_a_symbol_comes_back_as_one(goods: Goods, aim: str) -> None:
    assert is_given_back(reading(aim + goods.composed(GS)), goods.label)
    assert is_given_back(reading(f"{aim}{GS}{goods.composed(GS)}{GS}"), goods.label)


@given(GOODS)
def test_it_comes_back_from_a_gun_without_identifiers(goods: Goods) -> None:
    found = reading(goods.composed(GS))
    assert is_given_back(found, goods.label)
    assert goods.gtin in found.codes


@given(GOODS)
def test_without_separators_it_is_one_of_the_ways_and_nothing_is_guessed(goods: Goods) -> None:
    found = reading("]C1" + goods.composed(""))
    assert is_given_back(found, goods.label)
    if found.why in DOUBTFUL:
        assert found.label is not None
        assert found.label.gtin == goods.gtin
        assert found.label.lot in ("", goods.lot)
        assert found.label.serial in ("", goods.serial)


def changed(number: str, place: int, more: int) -> str:
    at = place % len(number)
    return number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :]


@given(GOODS, st.integers(0, 13), st.integers(1, 9), st.sampled_from(["]C1", "]d2", ""]))
def test_any_one_changed_digit_of_an_item_code_is_noticed(goods: Goods, place: int, more: int, aim: str) -> None:
    spoilt = goods._replace(gtin=changed(goods.gtin, place, more))
    found = reading(aim + spoilt.composed(GS))
    assert (found.label, found.ways) == (None, ())
    assert found.why in (Why.MISREAD, Why.WRONG_DIGIT)


@given(SSCCS, st.integers(0, 17), st.integers(1, 9))
def test_any_one_changed_digit_of_a_load_unit_is_noticed(sscc: str, place: int, more: int) -> None:
    spoilt = changed(sscc, place, more)
    for text in (f"]C100{spoilt}", f"00{spoilt}", f"]C100{spoilt}02{GTIN}3712", spoilt):
        found = reading(text)
        assert (found.label, found.codes) == (None, (found.text,))
        assert found.why is (Why.WRONG_DIGIT if text == spoilt else Why.MISREAD)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (f"01{GTIN}", Label(gtin=GTIN)),
        (f"02{GTIN}", Label(gtin=GTIN)),
        (f"00{SSCC}", Label(sscc=SSCC)),
        (f"]C100{SSCC}02{GTIN}3712{GS}10L1", Label(gtin=GTIN, sscc=SSCC, lot="L1", contained=12)),
        (f"]C1{GS}01{GTIN}10L1", Label(gtin=GTIN, lot="L1")),
        (f"]d201{GTIN}10L1{GS}21S1", Label(gtin=GTIN, lot="L1", serial="S1")),
        (f"]Q301{GTIN}17260200", Label(gtin=GTIN, expires="2026-02-28")),
        (f"]C101{GTIN}305", Label(gtin=GTIN, pieces=5)),
        ("]C110L1", Label(lot="L1")),
        ("]E04006381333931", Label(gtin=GTIN)),
        ("]C14006381333931", Label()),
        (f"01{GTIN[:-1]}2", None),
        ("9912345678901234", None),
    ],
)
def test_what_is_a_label_by_its_symbol_or_by_its_looks(text: str, label: Label | None) -> None:
    assert reading(text).label == label


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("]C10104006381333932", Why.MISREAD),
        ("]C100395210000000000995", Why.MISREAD),
        ("00395210000000000995", Why.MISREAD),
        ("]E04006381333932", Why.MISREAD),
        ("4006381333932", Why.WRONG_DIGIT),
        ("395210000000000995", Why.WRONG_DIGIT),
        ("0104006381333932", Why.WRONG_DIGIT),
        (f"]C101{GTIN}17260431", Why.BAD_DATE),
        (f"01{GTIN}17261301", Why.BAD_DATE),
        (f"]C101{GTIN}11000000", Why.BAD_DATE),
        ("]C1HELLO", Why.MALFORMED),
        (f"]C101{GTIN}10", Why.MALFORMED),
        (f"]C101{GTIN}01{OTHER}", Why.TWICE),
        (f"]C101{GTIN}10L1{GS}10L2", Why.TWICE),
        (f"]C101{GTIN}240{'X' * LENGTH_MAX}", Why.TOO_LONG),
        ("]C1" + GS.join(f"91{n}" for n in range(ELEMENTS_MAX + 2)), Why.TOO_LONG),
        (f"01{GTIN}10AB12172612312112345", Why.NO_SEPARATOR),
        (f"]C101{GTIN}10AB1217261231{GS}21S1", Why.NO_SEPARATOR),
        (f"]C101{GTIN}10L2101", Why.PERHAPS_NONE),
        (f"]C101{GTIN}10L1", Why.NOTHING),
        ("A-01-01", Why.NOTHING),
        ("12345678", Why.NOTHING),
    ],
)
def test_a_reading_says_why_another_was_refused(text: str, why: Why) -> None:
    found = reading(text)
    assert found.why is why
    assert (found.label is None) is (why not in DOUBTFUL and not (found.label and why is Why.NOTHING))


def test_a_label_without_separators_keeps_what_is_sure_and_every_way_it_may_be() -> None:
    found = reading(f"01{GTIN}10AB12172612312112345")
    assert found.label == Label(gtin=GTIN)
    assert found.ways[0] == Label(gtin=GTIN, lot="AB12172612312112345")
    assert Label(gtin=GTIN, lot="AB12", serial="12345", expires="2026-12-31") in found.ways


@pytest.mark.parametrize(
    ("digits", "year", "day"),
    [
        ("261231", 2026, "2026-12-31"), ("280200", 2026, "2028-02-29"), ("260230", 2026, ""), ("260001", 2026, ""),
        ("760101", 2026, "2076-01-01"), ("770101", 2026, "1977-01-01"), ("200101", 2071, "2120-01-01"),
        ("210101", 2071, "2121-01-01"), ("220101", 2071, "2022-01-01"), ("261231", 1970, "2026-12-31"),
    ],
)  # fmt: skip
def test_a_day_on_a_label_is_in_the_century_that_brings_it_closest(digits: str, year: int, day: str) -> None:
    assert day_of(digits, year) == day


@given(st.text("0123456789" + GS, max_size=LENGTH_MAX + 20))
def test_any_digits_are_read_with_bounded_work(text: str) -> None:
    found = read(f"]C1{text}".encode())
    if isinstance(found, Reading) and found.label:
        assert not found.label.gtin or is_gtin(found.label.gtin)
