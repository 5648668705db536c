"""One picture of each kind of screen at each size it is made for."""

from collections.abc import Callable

import pytest

from screens.picture import picture, still_face
from tests.screens.views import MOVE, SIZES, VIEWS


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", VIEWS)
def test_picture(name: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(still_face(VIEWS[name]), terminal_size=size)


def test_a_picture_for_the_documentation() -> None:
    svg = picture(MOVE, 40, 12)
    assert svg.startswith("<svg")
    assert "A-01-02-03" in svg
