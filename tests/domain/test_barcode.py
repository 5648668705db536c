"""A line becomes codes to look up and label fields, or it is unreadable; nothing raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.domain.capture.barcode import Reading, Unreadable, read
from scanner_app.domain.recognition.label import Label


def reading(raw: bytes) -> Reading:
    found = read(raw)
    assert isinstance(found, Reading)
    return found


def test_a_gtin_is_known_by_each_of_its_lengths() -> None:
    assert reading(b"]E04006381333931").codes == ("4006381333931", "04006381333931")
    assert reading(b"036000291452").codes == ("036000291452", "0036000291452", "00036000291452")


def test_a_gs1_label_gives_its_fields() -> None:
    found = reading(b"]C1010400638133393110LOT7\x1d21S-9\x1d3705")
    assert found.label == Label(gtin="04006381333931", lot="LOT7", serial="S-9", contained=5)
    assert found.codes == ("04006381333931", "4006381333931")


def test_a_label_without_an_aim_identifier_may_also_be_a_plain_code() -> None:
    found = reading(b"010400638133393110LOT7")
    assert found.codes[0] == "010400638133393110LOT7"
    assert found.label == Label(gtin="04006381333931", lot="LOT7")


def test_an_sscc_is_a_plate() -> None:
    assert reading(b"]C100340123450000000017").codes == ("00340123450000000017", "340123450000000017")


def test_plain_text_keeps_its_letters_and_loses_outer_blanks() -> None:
    assert reading("  Müsli A ".encode()).codes == ("Müsli A",)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"]C1",
        b"\x1d",
        b"a\x00b",
        b"\x1b[2J",
        b"\xff\xfe",
        "a\u202eb".encode(),
        "\u0085x".encode(),
        b"A\x1dB",
    ],
)
def test_what_no_code_can_be_is_unreadable(raw: bytes) -> None:
    assert isinstance(read(raw), Unreadable)


@given(st.binary(max_size=60))
def test_any_bytes_get_an_answer_without_controls(raw: bytes) -> None:
    found = read(raw)
    if isinstance(found, Reading):
        assert found.text.isprintable() or "\u00ad" in found.text or not found.text.isascii()
        assert all(code for code in found.codes)


@given(st.from_regex(rb"\](C1|d2|Q3|e0)[0-9A-Za-z\x1d()]{0,40}", fullmatch=True))
def test_any_gs1_like_string_gets_an_answer(raw: bytes) -> None:
    assert isinstance(read(raw), Reading | Unreadable)


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("96385074", 4), ("036000291452", 3), ("4006381333931", 2), ("14006381333938", 1), ("4006381333932", 1),
        ("40063813338", 1),
        ("36000291452", 4), ("04252614", 4), ("4006381333931x", 1),
    ],
)  # fmt: skip
def test_a_gtin_has_so_many_spellings(text: str, spellings: int) -> None:
    assert len(reading(text.encode()).codes) == spellings


@pytest.mark.parametrize(
    ("text", "has_fields"), [("0104006381333931", True), ("010400638133393", False), ("010400638133393110A", True)]
)
def test_digits_without_an_aim_identifier_are_a_label_from_sixteen_characters_on(text: str, has_fields: bool) -> None:
    assert (reading(text.encode()).label is not None) is has_fields
