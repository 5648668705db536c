"""Colours: the sixteen that every terminal has, or none; good, attention and bad told apart in each set."""

import pytest
from rich.color import ColorType
from rich.style import Style

from scanner_app.session.view.view import Tone
from screens.manner import Contrast, Manner
from screens.messages import SYMBOLS
from screens.palette import palette
from screens.row import Role


@pytest.mark.parametrize("contrast", Contrast)
def test_every_role_has_its_style(contrast: Contrast) -> None:
    assert set(palette(contrast)) == set(Role)


@pytest.mark.parametrize("contrast", [Contrast.NORMAL, Contrast.HIGH])
def test_no_colour_beyond_the_sixteen(contrast: Contrast) -> None:
    for style in palette(contrast).values():
        for colour in filter(None, (style.color, style.bgcolor)):
            assert colour.type is ColorType.STANDARD


def test_without_colours_there_is_none() -> None:
    assert not any(style.color or style.bgcolor for style in palette(Contrast.NONE).values())


@pytest.mark.parametrize("contrast", Contrast)
def test_the_tones_look_different(contrast: Contrast) -> None:
    styles = [palette(contrast)[role] for role in (Role.PLAIN, Role.GOOD, Role.ATTENTION, Role.BAD)]
    looks = {(str(style), symbol) for style, symbol in zip(styles, SYMBOLS.values(), strict=True)}
    assert len(looks) == len(Tone)
    assert palette(contrast)[Role.HALTED] != palette(contrast)[Role.ATTENTION]


def test_high_contrast_leaves_nothing_to_the_terminal() -> None:
    for style in palette(Contrast.HIGH).values():
        assert style.color is not None
        assert style.bgcolor is not None


def test_the_tones_sound_different() -> None:
    assert len({Manner().strokes(tone) for tone in Tone}) == len(Tone)


def test_the_alarm_of_a_mistake_is_the_strongest_look_without_colours() -> None:
    assert palette(Contrast.NONE)[Role.HALTED] == Style(reverse=True, bold=True)
