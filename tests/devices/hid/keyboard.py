"""A scanner that types: strokes of its keys in a layout, and these as events of the kernel."""

from collections.abc import Iterable, Iterator

from devices.readers.hid.drain import EV_KEY, EV_SYN, EVENT, KEY_BYTES, SYN_DROPPED, SYN_REPORT
from devices.readers.hid.keys import ENTER, LEFT_SHIFT, RIGHT_ALT
from devices.readers.hid.typed import Edge
from scanner_app.domain.capture.layouts import LAYOUTS, PLACES, US, Layout

EV_MSC, MSC_SCAN = 4, 4
Stroke = tuple[int, ...]
"""Modifiers, and the key pressed while they are held."""
LATER_US = 10**15
"""Long behind any opening."""


def edges(stroke: Stroke) -> Iterator[tuple[int, int]]:
    yield from ((code, Edge.DOWN) for code in stroke)
    yield from ((code, Edge.UP) for code in reversed(stroke))


def strokes_of(layout: Layout, text: str) -> list[Stroke]:
    """How a scanner types a text: a dead sign is followed by a blank."""
    told: list[Stroke] = []
    for sign in text:
        stroke, is_dead = STROKES[layout][sign]
        told += [stroke, (57,)] if is_dead else [stroke]
    return told


def _strokes(layout: Layout) -> dict[str, tuple[Stroke, bool]]:
    ways = [((), False, False), ((LEFT_SHIFT,), True, False), ((RIGHT_ALT,), False, True)]
    found: dict[str, tuple[Stroke, bool]] = {}
    for modifiers, shift, altgr in ways:
        for code in PLACES:
            sign = layout.sign(code, shift=shift, altgr=altgr, caps=False)
            if sign:
                found.setdefault(sign, ((*modifiers, code), layout.is_dead(sign, altgr=altgr)))
    return found


STROKES = {layout: _strokes(layout) for layout in LAYOUTS.values()}


def scan(text: str, layout: Layout = US) -> bytes:
    """The events of a code and Enter."""
    return events(edge for stroke in (*strokes_of(layout, text), (ENTER,)) for edge in edges(stroke))


def events(keys: Iterable[tuple[int, int]], time_us: int = LATER_US) -> bytes:
    """Three events an edge, as the kernel tells it."""
    return b"".join(
        _event(time_us, EV_MSC, MSC_SCAN, code)
        + _event(time_us, EV_KEY, code, edge)
        + _event(time_us, EV_SYN, SYN_REPORT, 0)
        for code, edge in keys
    )


def dropped(time_us: int = LATER_US) -> bytes:
    return _event(time_us, EV_SYN, SYN_DROPPED, 0)


def state(*held: int, caps: bool = False) -> bytes:
    """The state of a keyboard as a drain tells it."""
    return bytes((caps,)) + sum(1 << code for code in held).to_bytes(KEY_BYTES, "little")


def _event(time_us: int, kind: int, code: int, value: int) -> bytes:
    return EVENT.pack(time_us // 1_000_000, time_us % 1_000_000, kind, code, value)
