"""What comes to the terminal of a counter is the same to the byte, whatever the book has at the place they count."""

from pathlib import Path

import pytest

from scanner_app.session.context import Settings
from tests.blind.books import AGREES, FAR_MORE
from tests.blind.terminal import Frame, frames
from tests.blind.walk import few, in_lines

SIZE = (40, 12)
TOLD = Settings(told_roles=frozenset({"worker"}))


def both(folder: Path, settings: Settings = Settings(), *, is_line: bool = False) -> list[list[Frame]]:  # noqa: B008
    entries = in_lines(few("B-1001")) if is_line else list(few("B-1001"))
    return [
        frames(folder / str(number), book, entries, SIZE, settings, is_line=is_line)
        for number, book in enumerate((AGREES, FAR_MORE))
    ]


@pytest.mark.parametrize("is_line", [False, True], ids=("screen", "lines"))
def test_every_byte_is_the_same_whatever_the_book_has_there(is_line: bool, tmp_path: Path) -> None:
    one, other = both(tmp_path, is_line=is_line)
    assert [(a, b) for a, b in zip(one, other, strict=True) if a != b] == []


def test_a_role_that_is_told_sees_how_they_differ(tmp_path: Path) -> None:
    """Which shows that this walk meets what differs, wherever nothing is hidden."""
    one, other = both(tmp_path, TOLD, is_line=True)
    assert len([a for a, b in zip(one, other, strict=True) if a.shown != b.shown]) > len(one) // 10
