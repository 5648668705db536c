"""Layouts: every row as wide as the screen, every code whole, the essential on the smallest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from scanner_app.session.view.part import Kind, Part
from scanner_app.session.view.view import (
    Bay,
    Chrome,
    Fill,
    Line,
    Link,
    Pull,
    Scanner,
    Spot,
    StatusLine,
    Tone,
    View,
    line_of,
)
from screens.cells import cut
from screens.layout import paint
from screens.row import changed_width
from screens.status import age_text
from tests.screens.rows import text_of
from tests.screens.views import HALTED, MENU, MOVE, RACK, SIGN_IN, SIZES, THEN_US, VIEWS

NOW_US = THEN_US + 12_000_000
TEXTS = st.text(max_size=60)


def texts(view: View, width: int, height: int, typed: bytes = b"") -> list[str]:
    return [text_of(row) for row in paint(view, typed, width, height, NOW_US)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", VIEWS)
def test_rows_fill_the_screen_exactly(name: str, size: tuple[int, int]) -> None:
    rows = texts(VIEWS[name], *size)
    assert [cell_len(row) for row in rows] == [size[0]] * size[1]


@pytest.mark.parametrize("size", SIZES)
def test_codes_stay_whole(size: tuple[int, int]) -> None:
    shown = "\n".join(texts(MOVE, *size))
    for code in ("4006381333931", "B-11-01-01", "12 pcs"):
        assert code in shown


@pytest.mark.parametrize("size", SIZES)
def test_what_is_essential_is_always_there(size: tuple[int, int]) -> None:
    shown = "\n".join(texts(HALTED, *size))
    for words in ("Press F8 or scan OK.", "Z-99-01-02", "OFF", "1k", "2h", "#144"):
        assert words in shown


def test_a_secret_shows_stars() -> None:
    rows = texts(SIGN_IN, 40, 8, typed=b"4711")
    assert "> ****_" in "\n".join(rows)
    assert "4711" not in "\n".join(rows)


def test_a_long_typed_line_shows_its_end() -> None:
    assert any(row.endswith("789_") for row in texts(MOVE, 20, 16, typed=b"0123456789" * 4))


def test_a_list_pages_and_starts_over() -> None:
    pages = ["\n".join(texts(replace(MENU, page=page), 40, 8)) for page in range(5)]
    assert all(any(f"number {number}" in page for page in pages) for number in range(1, 13))
    assert "number 1 " in pages[0]
    assert "more" in pages[0]


def test_of_many_facts_the_newest_are_shown() -> None:
    lines = tuple(Line(f"fact-{number}", "Fact") for number in range(30))
    shown = "\n".join(texts(replace(MOVE, lines=lines), 40, 12))
    assert "fact-29" in shown
    assert "more" in shown
    assert "fact-0 " not in shown


def test_only_what_changed_is_painted_again() -> None:
    before = paint(MOVE, b"", 40, 12, NOW_US)
    after = paint(replace(MOVE, counter=144), b"", 40, 12, NOW_US)
    widths = [changed_width(old, new) for old, new in zip(before, after, strict=True)]
    assert [width for width in widths if width] == [5]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0s"), (59, "59s"), (60, "1m"), (3599, "59m"), (7200, "2h"), (259_200, "3d"), (-5, "0s")]
)
def test_ages(seconds: int, shown: str) -> None:
    assert age_text(THEN_US, THEN_US + seconds * 1_000_000, Chrome()) == shown
    assert age_text(0, THEN_US, Chrome()) == "-"


VIEWS_OF_ANYTHING = st.builds(
    View,
    revision=st.just(1),
    title=TEXTS,
    prompt=TEXTS,
    message=TEXTS,
    tone=st.sampled_from(Tone),
    lines=st.lists(st.builds(Line, TEXTS, TEXTS), max_size=6).map(tuple),
    listed=st.lists(st.builds(Line, TEXTS, TEXTS), max_size=6).map(tuple),
    hint=TEXTS,
    halted=st.booleans(),
    status=st.builds(StatusLine, operator=TEXTS),
)


@given(VIEWS_OF_ANYTHING, st.binary(max_size=40), st.integers(8, 100), st.integers(1, 30))
def test_any_text_fits_any_size_and_steers_nothing(view: View, typed: bytes, width: int, height: int) -> None:
    rows = texts(view, width, height, typed)
    assert [cell_len(row) for row in rows] == [width] * height
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for row in rows for character in row)


def test_half_a_code_is_not_shown() -> None:
    assert cut("100240 16 EA L27294B4", 17) == "100240 16 EA~"
    assert cut("A-01-02-03-04-05", 10) == "A-01-02-0~"
    assert cut("100240 Stretch Film", 17) == "100240 Stretch F~"
    assert cut("日本語の長い名前", 8) == "日本語~"


def test_the_rack_stands_around_the_place_that_is_looked_at() -> None:
    rows = texts(RACK, 80, 24)
    shown = "\n".join(rows)
    assert ">02 #<" in shown
    assert "A-01-04" in shown
    assert "X closed" in shown
    assert not any("A-01-04" in row for row in texts(RACK, 40, 12))


def test_of_a_high_rack_the_levels_around_the_place_are_shown() -> None:
    spots = tuple(Spot(f"A-{n:02}", f"{n:02}", Fill.EMPTY, is_here=n == 3) for n in range(30, 0, -1))
    shown = "\n".join(texts(replace(RACK, picture=(Bay("A", spots),)), 80, 24))
    assert ">03 .<" in shown
    assert "30 ." not in shown


def test_a_list_stands_in_columns_where_there_is_room() -> None:
    rows = texts(replace(RACK, picture=()), 80, 24)
    assert "1: 100240   16 EA           Stretch film 300 m" in [row.rstrip() for row in rows]
    assert "2: 100518  121 EA  L27294B  Paint roller" in [row.rstrip() for row in rows]
    assert "1: 100240 16 EA Stretch film 300 m" in [row.rstrip() for row in texts(RACK, 40, 12)]


def test_a_sentence_in_a_list_wraps_and_stays_on_its_page() -> None:
    lines = (Line("Scan it, or type it and press Enter.", is_sentence=True),) * 5
    pages = [texts(replace(MENU, listed=lines, page=page), 20, 12) for page in range(4)]
    for page in pages:
        assert [row.strip() for row in page].count("Scan it, or type it") == [row.strip() for row in page].count(
            "and press Enter."
        )


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (StatusLine(held=2), "!2"),
        (StatusLine(scanner=Scanner.LOST, operator="Worker 1001"), "NO SCANNER"),
        (StatusLine(pull=Pull(50, 200, is_first=True)), "[##......] 25%"),
        (StatusLine(pull=Pull(1234)), "#7 1k Fetching"),
    ],
)
def test_the_last_row_of_the_smallest_screen(status: StatusLine, told: str) -> None:
    assert told in texts(replace(MOVE, status=status, counter=7), 20, 16)[-1]


def test_the_last_row_of_a_large_screen() -> None:
    status = StatusLine(Link.ONLINE, THEN_US, 3, "Worker 1001", held=2, local_us=3_600_000_000)
    assert texts(replace(MOVE, status=status), 80, 24)[-1].split("  ")[0:4] == [
        " #143",
        "synced 12s",
        "3 waiting",
        "2 held",
    ]
    assert texts(replace(MOVE, status=status), 80, 24)[-1].rstrip().endswith("Worker 1001  23:13")


def test_short_choices_stand_two_in_a_row_where_rows_are_few() -> None:
    choices = tuple(
        Line(word, str(number)) for number, word in enumerate(("Move", "Take", "Put", "Plates", "Today"), 1)
    )
    rows = [row.rstrip() for row in texts(replace(MENU, listed=choices, page=0), 40, 8)]
    assert rows[3:6] == ["1: Move       2: Take       3: Put", "4: Plates     5: Today", ""]


def test_facts_share_a_row_where_rows_are_few() -> None:
    facts = (Line("A-01-01", "From"), Line("100001 Plain pen", "Item"), Line("100 EA", "Here"))
    rows = [row.rstrip() for row in texts(replace(MOVE, message="Moved.", lines=facts), 40, 8)]
    assert rows[4:6] == ["From: A-01-01  Item: 100001 Plain pen", "Here: 100 EA"]


def test_on_the_smallest_screen_a_pallet_stays_whole_among_many_facts() -> None:
    facts = (
        Line("395210000000000019", "From"),
        line_of((Part("100771"), Part("Light Bulb Organic single", Kind.NAME)), "Item"),
        Line("L27294B4-00017", "Lot"),
        line_of((Part("2 EA", Kind.QUANTITY),), "Qty"),
        Line("A-02-10-04", "Read"),
    )
    rows = [row.rstrip() for row in texts(replace(MOVE, lines=facts), 20, 16)]
    assert rows[8:13] == [
        "395210000000000019",
        "100771 Light~single",
        "Lot: L27294B4-00017",
        "Qty: 2 EA",
        "Read: A-02-10-04",
    ]


def test_a_sentence_among_many_facts_is_not_cut() -> None:
    facts = (*(Line(f"A-01-0{n}", "From") for n in range(4)), Line("The label of the place you take from.", "", True))
    rows = [row.rstrip() for row in texts(replace(MOVE, message="", lines=facts), 20, 12)]
    assert rows[7:10] == ["From: A-01-03", "The label of the", "place you take from."]
