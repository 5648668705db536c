"""A wait counts down: its message says what is left, a second after the other, and then to go on."""

import pytest
from msgspec.structs import replace

from scanner_app.session.view.view import Tone, Wait
from screens.countdown import is_counting
from screens.layout import paint
from screens.row import changed_width
from tests.screens.rows import text_of
from tests.screens.views import SIGN_IN, THEN_US
from tests.warehouse import Floor

SECOND_US = 1_000_000
WAITING = replace(
    SIGN_IN, message="Too many wrong PINs. Wait 30 s.", tone=Tone.BAD, wait=Wait(THEN_US + 30 * SECOND_US, "30 s")
)


def shown(after_s: float) -> str:
    return " ".join(" ".join(text_of(row) for row in paint(WAITING, b"", 20, 16, THEN_US + int(after_s * 1e6))).split())


@pytest.mark.parametrize(
    ("after_s", "told"),
    [(0, "Wait 30 s."), (0.5, "Wait 30 s."), (1, "Wait 29 s."), (29.9, "Wait 1 s."), (30, "Go on now.")],
)
def test_it_says_what_is_left(after_s: float, told: str) -> None:
    assert told in shown(after_s)
    assert is_counting(WAITING, THEN_US + int(after_s * 1e6)) == (after_s < 30)


def test_a_second_costs_a_few_cells_of_one_row() -> None:
    status = replace(WAITING.status, exchanged_us=0)
    before, after = (paint(replace(WAITING, status=status), b"", 40, 12, THEN_US + n * SECOND_US) for n in (3, 4))
    assert len([1 for old, new in zip(before, after, strict=True) if changed_width(old, new)]) == 1


def test_too_many_wrong_pins_say_until_when(floor: Floor) -> None:
    floor.say(".o", "B-1001", *["000000", ".k"] * 4, "000000")
    view = floor.desk.view()
    assert view.wait is not None
    assert view.wait.until_us in range(floor.clock.now_us + 28 * SECOND_US, floor.clock.now_us + 31 * SECOND_US)
    assert view.wait.words in view.message
