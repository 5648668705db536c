"""What is known and what there is to choose, as rows: facts newest last, lists page by page."""

from collections.abc import Sequence
from typing import NamedTuple

from scanner_app.session.view.view import Line, View
from screens.cells import cut, width_of, wrapped
from screens.clean import clean
from screens.columns import in_columns
from screens.flow import filled, flowed, parted, side_by_side, tight
from screens.rack import rack
from screens.row import Role, Row, row_of

COUNTED_FROM_ROWS = 4


def body(view: View, width: int, rows: int) -> list[Row]:
    """Exactly ``rows`` rows: facts above, at most a third where there is a list, the list, the rack around a place."""
    drawn = rack(view, width, rows // 2)
    left = rows - len(drawn)
    facts = min(len(view.lines), left // 3) if view.listed else left
    return _facts(view, width, facts) + _listed(view, width, left - facts) + drawn


def _listed(view: View, width: int, rows: int) -> list[Row]:
    """One page of the list; asking for more after the last page starts over."""
    if rows <= 0 or not view.listed:
        return [row_of("", Role.PLAIN, width)] * rows
    blocks = _blocks(in_columns(view.listed, width), width, rows)
    is_paged = _height(blocks) > rows > 1
    pages = _pages(blocks, rows - is_paged)
    number = view.page % len(pages)
    shown = [row for block in pages[number] for row in block.rows]
    blank = [row_of("", Role.PLAIN, width)] * (rows - len(shown))
    if is_paged:
        after = sum(block.lines for page in pages[number + 1 :] for block in page)
        blank[-1] = row_of(view.chrome.more.format(count=after) if after else view.chrome.end, Role.LABEL, width)
    return shown + blank


class Block(NamedTuple):
    """Rows that stay together, and how many lines of the list they hold."""

    rows: list[Row]
    lines: int = 1


def _height(blocks: list[Block]) -> int:
    return sum(len(block.rows) for block in blocks)


def _blocks(lines: Sequence[Line], width: int, rows: int) -> list[Block]:
    """A block a line; short lines stand two or three in a row where they would not fit otherwise."""
    blocks = [Block(_block(line, width)[:rows]) for line in lines]
    if _height(blocks) <= rows:
        return blocks
    return [
        Block([side_by_side(some, parts, width)], len(some)) if parts > 1 else Block(_block(some[0], width)[:rows])
        for some, parts in parted(lines, width)
    ]


def _pages(blocks: list[Block], rows: int) -> list[list[Block]]:
    """The blocks page by page, none of them broken unless it is larger than a page."""
    pages: list[list[Block]] = [[]]
    left = rows
    for block in blocks:
        if len(block.rows) > left and pages[-1]:
            pages.append([])
            left = rows
        pages[-1].append(Block(block.rows[:rows], block.lines))
        left -= len(block.rows)
    return pages


def _block(line: Line, width: int) -> list[Row]:
    """A row for data, as many as it takes for a sentence."""
    if not line.is_sentence:
        return [filled(tight(line, width), width)]
    label = f"{clean(line.label)}: " if line.label else ""
    return [row_of(row, Role.DATA, width) for row in wrapped(label + clean(line.text), width, 3)]


def _facts(view: View, width: int, rows: int) -> list[Row]:
    """Oldest first, a fact a row; where that is too much as many in a row as fit, and of these rows the newest."""
    shown = [row for line in view.lines for row in _fact(line, width)]
    if len(shown) > rows:
        shown = flowed(view.lines, width)
    hidden = max(0, len(shown) - rows)
    if hidden and rows >= COUNTED_FROM_ROWS:
        hidden += 1
        shown.insert(hidden, row_of(view.chrome.earlier.format(count=hidden), Role.LABEL, width))
    return shown[hidden:] + [row_of("", Role.PLAIN, width)] * (rows - len(shown[hidden:]))


def _fact(line: Line, width: int) -> list[Row]:
    """``label: text`` on one row, or the text on rows of its own where a code would have to be cut."""
    text = clean(line.text)
    if not line.label:
        return [row_of(row, Role.DATA, width) for row in wrapped(text, width, 2)]
    label = clean(line.label)
    if width_of(f"{label}: {text}") <= width:
        return [filled(tight(line, width), width)]
    below = [row_of("  " + row, Role.DATA, width) for row in wrapped(text, max(1, width - 2), 2)]
    return [row_of(cut(label + ":", width), Role.LABEL, width), *below]
