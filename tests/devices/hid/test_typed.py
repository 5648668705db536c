"""What a keyboard types: each layout, CapsLock, AltGr, keypad, control characters, digits behind Alt, repeats."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.readers.hid.keys import (
    ALT_DIGITS,
    CAPS_LOCK,
    ENTER,
    KEYPAD,
    LEFT_ALT,
    LEFT_CTRL,
    LEFT_SHIFT,
    NUM_LOCK,
    RIGHT_ALT,
    TAB,
)
from devices.readers.hid.typed import ALT_DIGITS_MAX, Edge, Lost, Typing
from scanner_app.domain.capture.layouts import ACCENTS, DE, FR, LAYOUTS, PLACES, US, Layout
from tests.devices.hid.keyboard import STROKES, Stroke, edges, strokes_of

ASCII = "".join(map(chr, range(0x20, 0x7F)))
DIGIT_KEYS = {digit: code for code, digit in KEYPAD.items() if digit.isdigit()}


def typed(typing: Typing, *strokes: Stroke) -> list[bytes | Lost]:
    """What comes of strokes, runs of bytes joined."""
    told: list[bytes | Lost] = []
    for code, edge in (edge for stroke in strokes for edge in edges(stroke)):
        for piece in typing.key(code, edge):
            if told and isinstance(piece, bytes) and isinstance(told[-1], bytes):
                told[-1] += piece
            else:
                told.append(piece)
    return told


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_has_a_key_for_every_sign_of_ascii(name: str) -> None:
    layout = LAYOUTS[name]
    assert [sign for sign in ASCII if sign not in STROKES[layout]] == []
    assert typed(Typing(layout), *strokes_of(layout, ASCII)) == [ASCII.encode()]


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=25)
@given(data=st.data())
def test_what_a_scanner_types_is_what_it_scanned(name: str, data: st.DataObject) -> None:
    layout = LAYOUTS[name]
    text = data.draw(st.text(st.sampled_from(sorted(STROKES[layout]))))
    told = typed(Typing(layout), *strokes_of(layout, text), (ENTER,))
    assert told == [text.encode() + b"\r"]


@pytest.mark.parametrize(
    ("layout", "strokes", "expected"),
    [
        (US, [(30,), (12,), (11,), (2,)], b"a-01"),
        (DE, [(30,), (12,), (11,), (2,)], "aß01".encode()),
        (FR, [(30,), (12,), (11,), (2,)], b"q)\xc3\xa0&"),
        (DE, [(21,), (44,), (LEFT_SHIFT, 21), (26,)], "zyZü".encode()),
        (DE, [(41,), (57,), (41,), (30,), (41,), (45,)], "^â^x".encode()),
        (DE, [(13,), (13,), (18,)], "´é".encode()),
        (DE, [(41,), (ENTER,)], b"^\r"),
        (DE, [(RIGHT_ALT, 12), (LEFT_CTRL, LEFT_ALT, 12), (RIGHT_ALT, 16)], b"\\\\@"),
        (FR, [(LEFT_SHIFT, 26), (23,), (RIGHT_ALT, 10), (RIGHT_ALT, 3), (57,)], "ï^~".encode()),
        (US, [(CAPS_LOCK,), (30,), (2,), (LEFT_SHIFT, 30), (CAPS_LOCK,), (30,)], b"A1aa"),
        (FR, [(CAPS_LOCK,), (2,), (3,), (16,), (LEFT_SHIFT, 2), (CAPS_LOCK,), (2,)], b"12A&&"),
        (DE, [(CAPS_LOCK,), (26,), (2,)], "Ü1".encode()),
        (US, [(NUM_LOCK,), (79,), (80,), (NUM_LOCK,), (83,), (98,), (96,)], b"12./\r"),
        (US, [(LEFT_CTRL, key) for key in (27, 30, 7, 12, 3)], b"\x1d\x01\x1e\x1f\0"),
        (DE, [(LEFT_CTRL, 27), (LEFT_CTRL, 21)], b"\x1d\x1a"),
        (FR, [(LEFT_CTRL, 16), (LEFT_CTRL, 27)], b"\x01\x1d"),
        (US, [(LEFT_ALT, 82, 80, 73), (30,)], b"\x1da"),
        (US, [(LEFT_ALT, 11, 3, 10), (TAB,)], b"\x1d\t"),
        (DE, [(LEFT_ALT, 82, 80, 80, 81), (LEFT_ALT, 80, 80, 76)], "ßß".encode()),
    ],
)  # fmt: skip
def test_keys_mean_what_they_mean_to_a_host(layout: Layout, strokes: list[Stroke], expected: bytes) -> None:
    assert typed(Typing(layout), *strokes) == [expected]


@pytest.mark.parametrize("number", range(0x20))
def test_every_control_character_behind_alt(number: int) -> None:
    for digits in (str(number), f"{number:03}"):
        stroke = (LEFT_ALT, *(DIGIT_KEYS[digit] for digit in digits))
        assert typed(Typing(US), stroke) == [bytes((number,))]


@pytest.mark.parametrize("stroke", [(59,), (LEFT_ALT, 30), (LEFT_CTRL, ENTER), (105,), (0x2FF,), (RIGHT_ALT, 30)])
def test_a_key_that_means_nothing_here_is_told(stroke: Stroke) -> None:
    typing = Typing(US)
    assert typed(typing, (30,), stroke, (30,)) == [b"a", Lost.SIGN, b"a"]


def test_digits_behind_alt_are_bounded() -> None:
    digit = next(iter(ALT_DIGITS))
    assert Lost.SIGN not in typed(Typing(US), (LEFT_ALT, *[digit] * ALT_DIGITS_MAX))
    assert Lost.SIGN in typed(Typing(US), (LEFT_ALT, *[digit] * (ALT_DIGITS_MAX + 1)))


def test_what_the_kernel_repeats_is_one_sign() -> None:
    typing = Typing(US)
    assert [typing.key(30, edge) for edge in (Edge.DOWN, *[Edge.REPEAT] * 20, Edge.UP)] == [[b"a"], *[[]] * 21]


def test_a_key_that_was_held_before_types_nothing_and_a_modifier_counts() -> None:
    typing = Typing(US)
    typing.reset({30, LEFT_SHIFT}, caps=True)
    assert typing.key(30, Edge.UP) == []
    assert typed(typing, (2,), (48,)) == [b"!b"]
    typing.reset(())
    assert typed(typing, (2,), (48,)) == [b"1B"], "CapsLock is no key that is held"


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.integers(-(2**31), 2**31 - 1)), max_size=300))
def test_any_events_in_any_order_are_taken(events: list[tuple[int, int]]) -> None:
    for layout in LAYOUTS.values():
        typing = Typing(layout)
        told = [piece for code, edge in events for piece in typing.key(code, edge)]
        assert sum(len(piece) for piece in told if isinstance(piece, bytes)) <= 8 * len(events)


@given(st.lists(st.tuples(st.sampled_from(sorted({*PLACES, *KEYPAD, 29, 42, 54, 56, 58, 97, 100})), st.integers(0, 2))))
def test_whatever_was_typed_a_reset_forgets_it(events: list[tuple[int, int]]) -> None:
    for layout in LAYOUTS.values():
        typing = Typing(layout)
        for code, edge in events:
            typing.key(code, edge)
        typing.reset((), caps=False)
        assert typed(typing, *strokes_of(layout, "A-01"), (ENTER,)) == [b"A-01\r"]


def test_every_accent_is_of_a_layout() -> None:
    assert {sign for layout in LAYOUTS.values() for sign in layout.dead + layout.dead_altgr} == set(ACCENTS)
