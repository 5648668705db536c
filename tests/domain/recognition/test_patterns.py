"""Patterns of a site: weights within a shop's numbers, and what is printed around a code."""

import msgspec
import pytest

from scanner_app.config import EntryLimits
from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.check_digit import check_digit
from scanner_app.domain.recognition.label import Label, Why

GRAMS, CHECKED_PRICE, POUNDS = "21IIIIIWWWWWC", "24IIIIVPPPPPC", "02IIIIIVLLLLC"


def number(body: str) -> str:
    return body + check_digit(body)


def reading(text: str, *patterns: str) -> Reading:
    found = read(text.encode(), 2026, patterns)
    assert isinstance(found, Reading)
    return found


def test_a_weight_is_taken_out_of_a_number_and_the_item_is_known_without_it() -> None:
    found = reading(f"]E0{number('211234501250')}", GRAMS)
    zeroed = number("211234500000")
    assert found.label == Label(gtin=zeroed.zfill(14), measured=1_250_000, measure="kg")
    assert {zeroed, zeroed.zfill(14), "2112345"} <= set(found.codes)
    assert found.codes[0] == number("211234501250")


def test_pounds_and_prices() -> None:
    assert reading(number("021234541250"), POUNDS).label is None, "the check of the weight is another"
    found = reading(number("021234561234"), "02IIIIIXLLLLC")
    assert found.label is not None
    assert (found.label.measured, found.label.measure) == (12_340_000, "lb")
    found = reading(number("241234614685"), CHECKED_PRICE)
    assert found.label is not None
    assert (found.label.measured, found.label.names_item) == (0, True)


def test_a_wrong_check_within_or_behind_is_told() -> None:
    assert reading(number("241234714685"), CHECKED_PRICE).why is Why.MISREAD
    right = number("211234501250")
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert reading(f"]E0{wrong}", GRAMS).why is Why.MISREAD
    assert reading(wrong, GRAMS).why is Why.WRONG_DIGIT


def test_a_number_of_another_beginning_is_what_it_was() -> None:
    for text in ("]E04006381333931", "4006381333931", "A-01-02", number("221234501250")):
        assert reading(text, GRAMS) == reading(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("LOC:A-01-02", "A-01-02"), ("]C0LOC:A-01-02", "A-01-02"), ("LOC:4006381333931", "4006381333931")],
)
def test_what_is_printed_around_a_code_is_left_off(text: str, code: str) -> None:
    found = reading(text, GRAMS, "LOC:*")
    assert found.text == code
    assert {code, "LOC:" + code} <= set(found.codes)
    assert reading("LOC:", "LOC:*").text == "LOC:"


def test_what_the_symbology_says_is_gs1_is_no_pattern() -> None:
    assert reading("]C10104006381333931", "01*").label == Label(gtin="04006381333931")


@pytest.mark.parametrize("pattern", [GRAMS, CHECKED_PRICE, POUNDS, "LOC:*", "*#", "2IIIIIIIIIIIC", "%*%"])
def test_such_patterns_can_be_set(pattern: str) -> None:
    assert msgspec.convert({"patterns": [pattern]}, EntryLimits).patterns == (pattern,)


@pytest.mark.parametrize("pattern", ["", "*", "**", "LOC", "21IIIIIWWWWC", "21IIIIIVWWWWWC", "x" * 21 + "*", "a\t*"])
def test_such_patterns_cannot(pattern: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"patterns": [pattern]}, EntryLimits)


def test_no_more_than_sixteen() -> None:
    msgspec.convert({"patterns": ["A*"] * 16}, EntryLimits)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"patterns": ["A*"] * 17}, EntryLimits)
