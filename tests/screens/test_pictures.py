"""One picture, in colour, of each kind of screen at each size; ``test_scenes`` has every screen as text."""

from collections.abc import Callable

import pytest

from screens.picture import picture, still_face
from tests.screens.scenes import view
from tests.screens.views import MOVE, SIZES

KINDS = (
    "pin",
    "menu",
    "move_goods",
    "move_quantity",
    "move_done",
    "move_target_blocked",
    "mistake",
    "inquiry_place",
    "help_at_goods",
)
"""A scene for each kind of screen: secret, list, entry, number, good news, confirmation, mistake, facts, help."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", KINDS)
def test_picture(name: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(still_face(view(name)), terminal_size=size)


def test_a_picture_for_the_documentation() -> None:
    svg = picture(MOVE, 40, 12)
    assert svg.startswith("<svg")
    assert "A-01-02-03" in svg
