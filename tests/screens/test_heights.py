"""Heights around those at which a layout changes: 12 rows (places are fixed), 14 (a rule, more room for a message)."""

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from scanner_app.session.view.part import Kind
from scanner_app.session.view.view import View
from screens.layout import paint
from screens.row import Role, Row
from tests.screens.rows import text_of
from tests.screens.scenes import ALL, now_us, view
from tests.screens.views import MENU, MOVE, THEN_US, VIEWS

HEIGHTS = (11, 12, 13, 14, 15, 16)
WIDTHS = (20, 29, 30, 40)
SIZES = [(width, height) for width in WIDTHS for height in HEIGHTS]
_SURE = (Kind.CODE, Kind.QUANTITY)
"""What is never shortened."""
LONG = "Taken out of A-01-01, put on B-11-01-01, and booked."


def _ids(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def _painted(seen: View, width: int, height: int) -> list[Row]:
    return paint(seen, b"", width, height, THEN_US)


def _at(rows: list[Row], role: Role) -> list[int]:
    return [number for number, row in enumerate(rows) if row[0].role is role]


@pytest.mark.parametrize("name", ALL)
def test_a_scene_fills_the_screen_and_says_all_that_must_be_read(name: str) -> None:
    seen = view(name)
    for width, height in SIZES:
        rows = [text_of(row) for row in paint(seen, b"", width, height, now_us(seen))]
        assert [cell_len(row) for row in rows] == [width] * height
        shown = " ".join(" ".join(rows).split())
        assert " ".join(seen.prompt.split()) in shown, (width, height)
        assert " ".join(seen.message.split()) in shown, (width, height)


@pytest.mark.parametrize("size", SIZES, ids=_ids)
@pytest.mark.parametrize("name", VIEWS)
def test_a_rule_parts_what_is_asked_from_what_is_known_from_fourteen_rows_on(name: str, size: tuple[int, int]) -> None:
    rules = ["─" * size[0] == text_of(row) for row in _painted(VIEWS[name], *size)]
    assert sum(rules) == (1 if size[1] >= 14 else 0)


@pytest.mark.parametrize("height", [12, 13, 14, 15, 16])
@pytest.mark.parametrize("width", WIDTHS)
def test_from_twelve_rows_on_nothing_moves_when_there_is_less_to_say(width: int, height: int) -> None:
    busy = _painted(replace(MOVE, prompt="Take what? Scan the item.", message="Moved."), width, height)
    quiet = _painted(replace(MOVE, prompt="Scan.", message=""), width, height)
    for role in (Role.ENTRY, Role.HINT, Role.STATUS):
        assert _at(busy, role) == _at(quiet, role)


@pytest.mark.parametrize(
    ("width", "height", "rows"), [(20, 13, 2), (20, 14, 3), (20, 15, 3), (29, 14, 3), (30, 13, 2), (30, 14, 2)]
)
def test_a_narrow_screen_keeps_a_third_row_for_what_is_said_from_fourteen_rows_on(
    width: int, height: int, rows: int
) -> None:
    """Room stays free below a short message, up to the rule or the first fact."""
    painted = _painted(replace(MOVE, message="Moved.", lines=MOVE.lines[:1]), width, height)
    entry = _at(painted, Role.ENTRY)[0]
    below = [text_of(row).strip() for row in painted[entry + 1 :]]
    assert below.index(next(text for text in below[1:] if text)) == rows


def test_beside_a_list_the_third_row_is_the_lists() -> None:
    painted = [text_of(row) for row in _painted(replace(MENU, message="", listed=MENU.listed[:2]), 20, 14)]
    entry = next(number for number, text in enumerate(painted) if text.startswith("> "))
    assert painted[entry + 3] == "─" * 20


@pytest.mark.parametrize("size", SIZES, ids=_ids)
def test_a_long_message_is_whole_at_every_height(size: tuple[int, int]) -> None:
    shown = " ".join(" ".join(text_of(row) for row in _painted(replace(MOVE, message=LONG), *size)).split())
    assert LONG in shown


@pytest.mark.parametrize(("height", "row"), [(10, 2), (11, 2), (12, 3), (13, 3)])
def test_below_twelve_rows_a_short_prompt_leaves_its_second_row_to_the_facts(height: int, row: int) -> None:
    assert _at(_painted(replace(MOVE, prompt="Scan."), 40, height), Role.ENTRY) == [row]


@pytest.mark.parametrize(
    "name", ["accuracy", "accuracy_lines", "cases", "checkers", "counts_wait", "devices", "people"]
)
def test_a_page_that_is_there_to_be_read_shows_a_line_of_it_on_a_low_screen(name: str) -> None:
    """Not only what may be chosen beside it."""
    seen = view(name)
    shown = "".join(text_of(row) for row in paint(seen, b"", 40, 8, now_us(seen)))
    read = [line.parts for line in seen.listed if len(line.parts) > 1]
    assert any(all(part.text in shown for part in parts if part.kind in _SURE) for parts in read)
