"""Whatever is read is read with bounded work and without an exception, counted in calls and not in time."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanner_app.domain.capture.barcode import Reading, Unreadable, read
from scanner_app.domain.check_digit import check_digit
from scanner_app.domain.recognition import digital_link, hibc, identifiers, iso15434
from scanner_app.domain.recognition.gs1.elements import ELEMENTS_MAX, LENGTH_MAX
from scanner_app.domain.recognition.label import Why
from tests.extent import extent

CALLS_MAX = 5_000
"""So many calls of Python are a handful of milliseconds on a slow handheld."""
GTIN = "04006381333931"
BEGINNINGS = (
    "]C1", "]d2", "]E0", "]E3", "]Q1", "]A0", "", f"01{GTIN}", "]C101", f"(01){GTIN}(10)", "[)>\x1e06\x1d",
    "[)>\x1e05\x1d", "[)>", "+H7R9", "+$$", "https://example.com/01/", "https://id.gs1.org/", "WIFI:", "ISBN ", "1Z",
    "RR", "420", "00",
)  # fmt: skip
LONG = (
    "]C1" + "10A\x1d" * 400, "]C1" + "1010" * 300, f"01{GTIN}" + "21" * 490, "]C1" + "30" * 500,
    "[)>\x1e06\x1d" + "P1\x1d" * 300, "[)>\x1e" * 300, "+" + "$$8" * 330, "+A123" + "/S1" * 300,
    "https://a/" + "01/" * 330, "https://id.gs1.org/" + "A" * 980, "http://a/?" + "10=1&" * 198,
    "https://a/gtin/4006381333931?" + "&".join(f"{ai}=1" for ai in range(90, 300)),
    "(01)" * 250, f"(01){GTIN}" + "(10)A" * 190, f"01{GTIN}" + "10A~" * 240, "9" * 1000, "A-" * 500, "<GS>" * 250,
    "]C1" + "91" + "1" * 990, "]d2" + f"01{GTIN}" + "1017261231" * 28, "]d2" + "10" + "1721103037" * 29,
)  # fmt: skip
MARKED = "0123456789AZaz+$/*()[]<>~|:.%-_ \x1d\x1e\x04"
RIGHT = (
    b"]d201" + GTIN.encode() + b"1726123110L1\x1d21S1",
    b"[)>\x1e06\x1dPGLUE-5\x1d14D20261231\x1e\x04",
    b"+H7R9PUMP11/$$3261231L1J",
    b"https://example.com/01/" + GTIN.encode() + b"/10/L%2F1?17=261231",
)


def calls(work: Callable[[], Any]) -> int:
    """How many functions of Python were called."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_the_longest_and_the_most_twisted_cost_bounded_work() -> None:
    read(b"]C110L1")
    costs = {text[:24]: calls(lambda text=text: read(text[:1000].encode(), 2027)) for text in LONG}  # type: ignore[misc]
    assert max(costs.values()) < CALLS_MAX, costs


@settings(max_examples=extent(100, 50_000), deadline=None)
@given(st.sampled_from(BEGINNINGS), st.text(MARKED, max_size=200) | st.text(max_size=60))
@example("[)>\x1e06\x1d", "9N\x1d")
@example("+H7R9", "A1/14D0000000\u00b2")
@example("]C101", "\u0661" * 14)
@example("https://example.com/01/", "%")
def test_anything_gets_an_answer(beginning: str, more: str) -> None:
    found = read((beginning + more).encode("utf-8", "surrogatepass"))
    assert isinstance(found, Reading | Unreadable)
    if isinstance(found, Reading):
        assert found.text
        assert all(found.codes)


@settings(max_examples=extent(60, 50_000), deadline=None)
@given(st.sampled_from(RIGHT), st.binary(max_size=40), st.integers(0, 200), st.integers(0, 255))
def test_a_code_that_was_spoilt_gets_an_answer(whole: bytes, more: bytes, place: int, byte: int) -> None:
    spoilt = bytearray(whole + more)
    spoilt[place % len(spoilt)] = byte
    assert isinstance(read(bytes(spoilt)), Reading | Unreadable)


def _elements(count: int) -> str:
    return "]C1" + "\x1d".join(f"{91 + n % 9}{n}" for n in range(count))


def _long(length: int) -> str:
    """Elements that are so long together."""
    text = "\x1d".join(f"{ai}{'X' * 88}" for ai in (91, 92, 93)) + "\x1d94"
    return "]C1" + text + "X" * (length - len(text))


def _linked(count: int) -> str:
    body = "+A1231" + "1" + "/Z1" * count
    return body + hibc.check_character(body)


def _asked(length: int) -> str:
    text = f"https://a/01/{GTIN}?q="
    return text + "x" * (length - len(text))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (_elements, ELEMENTS_MAX),
        (_long, LENGTH_MAX),
        (lambda n: "[)>\x1e06\x1d" + "\x1d".join(f"Z{i}" for i in range(n)), identifiers.ELEMENTS_MAX),
        (lambda n: "[)>" + "\x1e99\x1d1" * (n - 1) + "\x1e06\x1dPX", iso15434.RECORDS_MAX),
        (lambda n: "[)>\x1e06\x1dP" + "X" * (n - 8), iso15434.LENGTH_MAX),
        (_linked, hibc.PARTS_MAX),
    ],
)  # fmt: skip
def test_each_bound_holds_at_its_edge(text: Callable[[int], str], bound: int) -> None:
    found = [read(text(bound + more).encode()) for more in (0, 1)]
    assert [isinstance(one, Reading) and one.why is Why.TOO_LONG for one in found] == [False, True]


def test_a_link_that_is_too_long_is_only_a_link() -> None:
    found = [read(_asked(digital_link.LENGTH_MAX + more).encode()) for more in (0, 1)]
    assert [isinstance(one, Reading) and one.label is not None for one in found] == [True, False]


def test_a_number_of_any_length_is_checked() -> None:
    assert isinstance(read(("1" * 999 + check_digit("1" * 999)).encode()), Reading)
