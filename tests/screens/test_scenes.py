"""Every screen of a shift at every size, as text: what stands in each row, and in which role."""

import pytest
from syrupy.assertion import SnapshotAssertion

from screens.layout import paint
from screens.row import Row
from tests.screens.rows import text_of
from tests.screens.scenes import ALL, now_us, view
from tests.screens.views import SIZES


def told(row: Row) -> str:
    """A row between bars, and the roles of its pieces behind it."""
    roles = dict.fromkeys(piece.role.name.lower() for piece in row if piece.text.strip())
    return f"|{text_of(row)}| {' '.join(roles)}".rstrip()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", ALL)
def test_scene(name: str, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    seen = view(name)
    rows = paint(seen, b"", *size, now_us(seen))
    assert "\n".join(map(told, rows)) == snapshot


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", ALL)
def test_what_is_said_is_there_whole(name: str, size: tuple[int, int]) -> None:
    """The prompt and the message are what must be read: no word of them may be missing at any size."""
    seen = view(name)
    shown = " ".join(" ".join(text_of(row) for row in paint(seen, b"", *size, now_us(seen))).split())
    assert " ".join(seen.prompt.split()) in shown
    assert " ".join(seen.message.split()) in shown
