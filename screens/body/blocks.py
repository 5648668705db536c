"""Blocks: lines as rows that stay together, in two forms, and pages of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from scanner_app.session.view.view import Line
from screens.body.columns import Columns, columns_of, in_columns, lead_of, whole_in_columns
from screens.body.laid import Laid, laid
from screens.row import Piece, Role, Row, filled

_GAP = 2
_PARTS = (3, 2)
_KEPT_MAX = 16
"""Of lines that were laid out: a picture has five of them at most."""


class Block(NamedTuple):
    """So many lines, with names shortened where that saves rows, and with nothing left out."""

    tight: Laid
    whole: Laid
    lines: int = 1


class BodyPage(NamedTuple):
    """Rows, how many lines end on this page or before it, and whether some of a name is missing."""

    rows: list[Row]
    ended: int = 0
    is_short: bool = False


def height_of(blocks: Iterable[Block]) -> int:
    return sum(len(block.tight.rows) for block in blocks)


def blocks_of(lines: Iterable[Line], width: int, *, is_wide: bool) -> Sequence[Block]:
    """A block a line; on a wide screen facts, and what has numbers, each in columns of their own if they fit.

    A picture asks several times how much room the same lines need, and so does the next page of them.
    """
    return _kept(tuple(lines), width, is_wide)


@lru_cache(maxsize=_KEPT_MAX)
def _kept(lines: tuple[Line, ...], width: int, is_wide: bool) -> tuple[Block, ...]:
    runs = [list(run) for _, run in groupby(lines, key=lambda line: line.label.isdigit())]
    return tuple(block for run in runs for block in _run(run, width, is_wide=is_wide))


def _run(lines: Sequence[Line], width: int, *, is_wide: bool) -> list[Block]:
    lead = lead_of(lines) if is_wide else 0
    columns = columns_of(lines, width, lead) if is_wide else None
    return [_block(line, width, lead, columns) for line in lines]


def _block(line: Line, width: int, lead: int, columns: Columns | None) -> Block:
    if columns is None or len(line.parts) < 2:
        whole = laid(line, width, is_whole=True, lead=lead)
        tight = laid(line, width, is_whole=False, lead=lead) if len(whole.rows) > 1 else whole
        return Block(tight, whole)
    tight = in_columns(line, columns, width)
    is_less = tight.is_short or 0 in columns.widths
    return Block(tight, whole_in_columns(line, columns, width) if is_less else tight)


def abreast(lines: Sequence[Line], width: int, *, is_wide: bool) -> Sequence[Block]:
    """Lines that need only a part of a row, three or two in one: all of them, or those that are short."""
    blocks: Sequence[Block] = ()
    for parts in _PARTS:
        blocks = blocks_of(lines, _cell(width, parts) - _GAP, is_wide=is_wide)
        if all(map(_is_flat, blocks)):
            return _side_by_side(blocks, parts, width)
    halves, full = blocks, blocks_of(lines, width, is_wide=is_wide)
    mixed: list[Block] = []
    for is_flat, places in groupby(range(len(lines)), key=lambda place: _is_flat(halves[place])):
        run = list(places)
        some = (halves if is_flat else full)[run[0] : run[-1] + 1]
        mixed += _side_by_side(some, _PARTS[-1], width) if is_flat else some
    return mixed


def _is_flat(block: Block) -> bool:
    return len(block.whole.rows) == 1


def _side_by_side(blocks: Sequence[Block], parts: int, width: int) -> list[Block]:
    groups = [blocks[place : place + parts] for place in range(0, len(blocks), parts)]
    return [_one_row(group, _cell(width, parts), width) for group in groups]


def _cell(width: int, parts: int) -> int:
    """The width of one of several beside each other, with the gap behind it, which the last does without."""
    return (width + _GAP) // parts


def _one_row(group: Sequence[Block], cell: int, width: int) -> Block:
    *first, last = (block.whole.rows[0] for block in group)
    pieces = [*(piece for row in first for piece in filled(row, cell)), *filled(last, cell - _GAP)]
    row = Laid([filled([*pieces, Piece("", Role.PLAIN)], width)])
    return Block(row, row, len(group))


def pages_of(blocks: Iterable[Block], rows: int) -> list[BodyPage]:
    """The blocks page by page, none of them broken unless it is larger than a page; room that is left is used."""
    groups: list[list[Block]] = [[]]
    left = rows
    for piece in (piece for block in blocks for piece in _pieces(block, rows)):
        if len(piece.tight.rows) > left and groups[-1]:
            groups.append([])
            left = rows
        groups[-1].append(piece)
        left -= len(piece.tight.rows)
    ended = [sum(block.lines for group in groups[: place + 1] for block in group) for place in range(len(groups))]
    return [_page(group, rows, end) for group, end in zip(groups, ended, strict=True)]


def _pieces(block: Block, rows: int) -> Iterator[Block]:
    shown = block.tight.rows
    if len(shown) <= rows:
        yield block
        return
    for start in range(0, len(shown), rows):
        part = Laid(shown[start : start + rows], block.tight.is_short)
        yield Block(part, part, block.lines if start + rows >= len(shown) else 0)


def _page(group: Sequence[Block], rows: int, ended: int) -> BodyPage:
    """What there is room for is shown whole, the first of the page first."""
    spare = rows - height_of(group)
    shown: list[Laid] = []
    for block in group:
        more = len(block.whole.rows) - len(block.tight.rows)
        is_grown = block.tight.is_short and more <= spare
        spare -= more if is_grown else 0
        shown.append(block.whole if is_grown else block.tight)
    return BodyPage([row for one in shown for row in one.rows], ended, any(one.is_short for one in shown))
