"""Sounds: told apart by number, once for each answer."""

import pytest
from msgspec.structs import replace

from scanner_app.session.view.view import Link, StatusLine, Tone
from screens.bell import BEL, Bell
from screens.manner import SILENT, Manner
from tests.screens.views import MOVE


def rung(*tones: Tone) -> list[str]:
    written: list[str] = []
    bell = Bell(Manner(), written.append, lambda _delay, call: call())
    for number, tone in enumerate(tones, 1):
        bell.ring(replace(MOVE, tone=tone, counter=number))
    return written


@pytest.mark.parametrize(("tone", "strokes"), [(Tone.PLAIN, 0), (Tone.GOOD, 1), (Tone.ATTENTION, 2), (Tone.BAD, 3)])
def test_strokes(tone: Tone, strokes: int) -> None:
    assert rung(tone) == [BEL] * strokes


def test_a_silent_face_rings_for_nothing() -> None:
    written: list[str] = []
    bell = Bell(SILENT, written.append, lambda _delay, call: call())
    for number, tone in enumerate(Tone):
        bell.ring(replace(MOVE, tone=tone, counter=number))
    assert not written


def test_the_same_answer_twice_is_two_sounds() -> None:
    assert len(rung(Tone.GOOD, Tone.GOOD)) == 2


def test_news_of_the_link_makes_no_sound() -> None:
    written: list[str] = []
    bell = Bell(Manner(), written.append, lambda _delay, call: call())
    bell.ring(MOVE)
    bell.ring(replace(MOVE, revision=99, status=StatusLine(Link.OFFLINE)))
    assert len(written) == 1
