"""Lists in columns: whatever a name is made of, nothing of a row stands outside its columns, and nothing is lost."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from scanner_app.domain.desk.case import Case
from scanner_app.domain.quantity import SCALE
from scanner_app.languages.language import language
from scanner_app.session.view.part import Kind, Part
from scanner_app.session.view.play import _line
from scanner_app.session.view.view import Line, Tone, line_of
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.supervise.shown_case import row
from screens.body.blocks import blocks_of
from screens.body.columns import Columns, columns_of, lead_of
from screens.layout import paint
from tests.desk_counts import COUNTED, COUNTS, OPPOSITE
from tests.screens.essentials import SIZES, close
from tests.screens.rows import text_of
from tests.screens.views import MOVE

WIDTHS = (80, 100, 132)
WORDS = st.text(st.sampled_from("aW-09 .\u3042\u65e5\u672c\uff21\uac00\xe9"), max_size=200).map(str.strip)
CODES = st.text(st.sampled_from("AZ09-.\u65e5"), max_size=30)
ROWS = st.tuples(CODES, st.sampled_from(["", "-5 EA", "1,234,567.25 KG", "12 \u500b"]), CODES, WORDS, WORDS)
_WIDE_NAME = "\u65e5\u672c\u8a9e\u306e\u3068\u3066\u3082\u9577\u3044\u540d\u524d" * 6
KINDS = (Kind.CODE, Kind.QUANTITY, Kind.CODE, Kind.VERDICT, Kind.NAME)


def cells(text: str) -> str:
    """The text with a mark behind each character that is two cells wide, so that an index is a cell."""
    return "".join(one + "\0" * (cell_len(one) - 1) for one in text)


def starts(columns: Columns) -> list[tuple[int, int]]:
    """Where each column that has any room begins and ends."""
    places: list[tuple[int, int]] = []
    at = columns.lead
    for column, width in zip(columns.columns, columns.widths, strict=True):
        if width:
            at += column.gap if places else 0
            places.append((at, at + width))
            at += width
    return places


@pytest.mark.parametrize(
    ("width", "is_told", "is_named"), [(40, [], True), (80, ["counted 10", "book 50"], False),
    (92, ["counted 10", "book 50", "by 1002"], False), (132, ["counted 10", "book 50", "by 1002"], True)],
)  # fmt: skip
def test_a_count_in_the_list_tells_beside_it_what_a_column_has_room_for(
    width: int, is_told: list[str], is_named: bool
) -> None:
    """Its name gives way to what was counted and what the book had; all of it is one key away."""
    options = [Option("x", parts=row(case)) for case in COUNTS.cases]
    lines = [_line(option.shown, str(number), language("en")) for number, option in enumerate(options, 1)]
    block = blocks_of(lines, width, is_wide=width >= 60)[0]
    shown = " ".join(text_of(one) for one in block.tight.rows)
    assert [said for said in ("counted 10", "book 50", "by 1002") if said in shown] == is_told
    assert ("Glue" in shown) == is_named
    whole = " ".join(text_of(one) for one in block.whole.rows)
    assert "Glue" in whole


@given(st.lists(ROWS, min_size=1, max_size=6), st.sampled_from(WIDTHS))
def test_what_a_column_has_no_room_for_goes_on_below_within_it(rows: list[tuple[str, ...]], width: int) -> None:
    lines = [
        line_of(tuple(Part(text, kind) for text, kind in zip(row, KINDS, strict=True)), str(number))
        for number, row in enumerate(rows, 1)
    ]
    lead = lead_of(lines)
    columns = columns_of(lines, width, lead)
    assume(columns is not None)
    assert columns is not None
    within = starts(columns)
    for line, block in zip(lines, blocks_of(lines, width, is_wide=True), strict=True):
        for form in (block.tight, block.whole):
            shown = [cells(text_of(row)) for row in form.rows]
            assert {len(row) for row in shown} == {width}
            outside = [row[at] for row in shown for at in range(lead, width) if not any(a <= at < b for a, b in within)]
            assert set(outside) <= {" "}
        whole = "".join("".join(row[a:b] for row in shown) for a, b in within).replace("\0", "")
        said = "".join(part.text for part in line.parts)
        assert sorted(whole.replace(" ", "")) == sorted(said.replace(" ", ""))


def _of_cases(*cases: Case) -> list[Line]:
    """The list of a supervisor, as a face gets it."""
    options = [Option(case.id, parts=row(case)) for case in cases]
    return [_line(option.shown, str(number), language("en")) for number, option in enumerate(options, 1)]


def test_a_case_of_goods_with_a_long_wide_name_stands_as_all_others_do() -> None:
    glue = Case(
        kind="exception", id="1", place="A-01-01", item="100001", quantity=-5 * SCALE, unit="EA", name="Glue"
    )  # fmt: skip
    lines = _of_cases(glue, replace(glue, id="2", kind="held", name=_WIDE_NAME))
    plain, wide = blocks_of(lines, 80, is_wide=True)
    first, *below = [cells(text_of(row)) for row in wide.whole.rows]
    name_at = cells(text_of(plain.whole.rows[0])).index("Glue")
    assert first[name_at - 2 : name_at + 1] == "  \u65e5"
    assert below
    assert all(row[:name_at].isspace() and not row[name_at].isspace() for row in below)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_a_count_tells_beside_is_in_a_column_or_one_key_away(size: tuple[int, int]) -> None:
    lines = _of_cases(replace(COUNTED.case, pair=OPPOSITE))
    asked = replace(MOVE, message="", tone=Tone.PLAIN, lines=(), listed=tuple(lines), is_whole=True)
    shown = close("".join(text_of(row) for row in paint(asked, b"", *size, 0)))
    beside = [part.text for part in lines[0].parts if part.kind is Kind.BESIDE]
    assert len(beside) == len(list(filter(None, beside))) == 4
    assert all(close(text) in shown for text in beside), shown
