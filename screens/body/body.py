"""The body of a screen: facts, a page of the list, the rack around a place."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from scanner_app.session.view.view import Line, View
from screens.body.blocks import Block, BodyPage, abreast, blocks_of, height_of, pages_of
from screens.body.facts import facts_page, has_quantity
from screens.body.rack import rack
from screens.row import Role, Row, row_of

WIDE_FROM_WIDTH = 60
ROOMY_FROM_ROWS = 4
"""With fewer rows nothing but totals stands beside a list."""
ABREAST_FROM_WIDTH = 40
ASIDE_FROM_WIDTH, ASIDE_CELLS = 120, 40
"""From this width on help stands beside everything else, in so many cells."""


class Body(NamedTuple):
    """Rows, and of what is not in them: ``note`` is the foot of a list that found no row of its own here.

    ``is_short`` says that some of a name, or an older fact, is missing; ``is_all`` that there is no other page.
    """

    rows: list[Row]
    note: str = ""
    is_short: bool = False
    is_all: bool = True


def body(view: View, width: int, rows: int, *, is_foot_apart: bool) -> Body:
    """Exactly ``rows`` rows: facts above, at most a third where there is a list, the list, the rack around a place."""
    if (aids := _beside(view, width, rows)) is not None:
        known = body(replace(view, aids=()), width - ASIDE_CELLS, rows, is_foot_apart=is_foot_apart)
        return known._replace(rows=[(*left, *right) for left, right in zip(known.rows, aids, strict=True)])
    if view.is_whole:
        return _listed(view, (*view.lines, *view.listed), width, rows, is_foot_apart=is_foot_apart)
    drawn = rack(view, width, rows // 2)
    left = rows - len(drawn)
    facts = facts_page(
        view, width, _share(view, width, left, 1 if is_foot_apart else 2), is_wide=width >= WIDE_FROM_WIDTH
    )
    below = left - len(facts.rows)
    listed = _listed(view, view.listed, width, below, is_foot_apart=is_foot_apart)
    is_short = facts.is_short or listed.is_short
    is_all = listed.is_all and facts.ended == len(view.lines)
    return Body([*facts.rows, *listed.rows, *drawn], listed.note, is_short, is_all)


def tells_more_whole(view: View, width: int) -> bool:
    """Whether a list says more with nothing left out: also of what is told beside, which nothing marks as missing."""
    blocks = blocks_of(view.listed, width, is_wide=width >= WIDE_FROM_WIDTH)
    return any(block.tight.rows != block.whole.rows for block in blocks)


def _beside(view: View, width: int, rows: int) -> list[Row] | None:
    """What help says, to stand at the right of everything else; None where there is no room for all of it."""
    blocks = blocks_of(view.aids, ASIDE_CELLS, is_wide=True)
    if not blocks or width < ASIDE_FROM_WIDTH or height_of(blocks) > rows:
        return None
    shown = [row for block in blocks for row in block.tight.rows]
    return shown + [row_of("", Role.PLAIN, ASIDE_CELLS)] * (rows - len(shown))


def _share(view: View, width: int, rows: int, list_rows_min: int) -> int:
    """Rows for the facts: all; beside a list what it leaves, or a third, and in any case what totals need."""
    if not view.listed:
        return rows
    is_wide = width >= WIDE_FROM_WIDTH
    spare = rows - height_of(blocks_of(view.listed, width, is_wide=is_wide))
    totals = height_of(blocks_of([line for line in view.lines if has_quantity(line)], width, is_wide=is_wide))
    third = rows // 3 if rows >= ROOMY_FROM_ROWS else 0
    return min(rows, max(spare, third, min(totals, rows - list_rows_min)))


def _listed(view: View, lines: tuple[Line, ...], width: int, rows: int, *, is_foot_apart: bool) -> Body:
    """One page of lines; asking for more after the last page starts over."""
    blocks = _blocks(view, lines, width, rows)
    is_paged = height_of(blocks) > rows
    has_foot = is_paged and rows > 1 and not is_foot_apart
    pages = pages_of(blocks, max(1, rows - has_foot)) if rows > 0 else [BodyPage([])]
    page = pages[view.page % len(pages)]
    after = len(lines) - page.ended
    note = (view.chrome.more.format(count=after) if after else view.chrome.end) if is_paged else ""
    blank = [row_of("", Role.PLAIN, width)] * (rows - len(page.rows))
    if has_foot:
        blank[-1] = row_of(note, Role.LABEL, width)
    return Body([*page.rows, *blank], "" if has_foot else note, page.is_short, not is_paged)


def _blocks(view: View, lines: tuple[Line, ...], width: int, rows: int) -> Sequence[Block]:
    is_wide = width >= WIDE_FROM_WIDTH
    blocks = blocks_of(lines, width, is_wide=is_wide)
    if view.is_whole:
        return [Block(block.whole, block.whole) for block in blocks]
    if height_of(blocks) > rows and width >= ABREAST_FROM_WIDTH:
        return abreast(lines, width, is_wide=is_wide)
    return blocks
