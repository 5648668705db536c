"""Names of people: what tells them apart mostly stands at their ends, and all of one is a key away."""

import pytest
from msgspec.structs import replace

from scanner_app.session.greetings import NAME_CELLS_MAX, greeted
from screens.cells import width_of
from screens.layout import paint
from tests.screens.rows import text_of
from tests.screens.views import MOVE, THEN_US

WORKERS = [f"Worker of the second shift {number}" for number in range(1001, 1021)]


def status_of(name: str, width: int, *, is_whole: bool = False) -> str:
    view = replace(MOVE, counter=10, is_whole=is_whole, status=replace(MOVE.status, operator=name))
    return text_of(paint(view, b"", width, 16, THEN_US + 16_000_000)[-1])


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_two_workers_look_alike_in_the_last_row(width: int) -> None:
    rows = [status_of(name, width) for name in WORKERS]
    assert len({*rows}) == len(WORKERS)
    assert all(name[-4:] in row for name, row in zip(WORKERS, rows, strict=True))
    assert {width_of(row) for row in rows} == {width}


def test_a_name_uses_the_room_that_is_left() -> None:
    assert "  " not in status_of(WORKERS[0], 20).strip()


def test_a_whole_name_has_the_row_alone() -> None:
    assert status_of("Worker 1001 of all", 20, is_whole=True).strip() == "Worker 1001 of all"
    assert status_of("Worker 1001", 80, is_whole=True).strip().startswith("#10")


@pytest.mark.parametrize("name", [*WORKERS, "\u5de5" * 40, "\u5de5" * 20 + " 1001"])
def test_a_greeting_keeps_the_end_of_a_name(name: str) -> None:
    assert width_of(greeted(name)) <= NAME_CELLS_MAX
    assert greeted(name)[-3:] == name[-3:]
