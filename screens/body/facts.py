"""Facts: what is known so far, newest last; where rows are few the newest and all quantities stay longest."""

from collections.abc import Sequence

from msgspec.structs import replace

from scanner_app.session.view.part import Kind
from scanner_app.session.view.view import Line, Tone, View
from screens.body.blocks import BodyPage, blocks_of, height_of, pages_of
from screens.body.laid import laid
from screens.cells import width_of
from screens.clean import clean
from screens.row import Piece, Role, Row, filled, row_of

COUNTED_FROM_ROWS = 4
_GAP = Piece("  ", Role.PLAIN)


def facts_page(view: View, width: int, rows: int, *, is_wide: bool) -> BodyPage:
    """At most ``rows`` rows: a fact a row or more, else as many in a row as fit, and of those what matters most."""
    lines = view.lines
    blocks = blocks_of(lines, width, is_wide=is_wide)
    if height_of(blocks) <= rows:
        (page,) = pages_of(blocks, rows) if rows else [BodyPage([])]
        return page
    kept, shown = _kept(view, width, rows)
    hidden = len(lines) - len(kept)
    if hidden and rows >= COUNTED_FROM_ROWS:
        kept, shown = _kept(view, width, rows - 1)
        hidden = len(lines) - len(kept)
        shown = [row_of(view.chrome.earlier.format(count=hidden), Role.LABEL, width), *shown]
    return BodyPage(shown, len(kept), is_short=hidden > 0 or _is_short(kept, shown))


def _is_short(lines: Sequence[Line], rows: Sequence[Row]) -> bool:
    """Whether some of a name is missing."""
    told = ["".join(piece.text for piece in row) for row in rows]
    names = [clean(part.text) for line in lines for part in line.parts if part.kind is Kind.NAME]
    return any(not any(name in row for row in told) for name in names)


def has_quantity(line: Line) -> bool:
    return any(part.kind is Kind.QUANTITY for part in line.parts)


def _kept(view: View, width: int, rows: int) -> tuple[Sequence[Line], list[Row]]:
    """The facts that find room and their rows: the oldest goes first, the newest and then quantities last.

    What was read by mistake stands last, and stays longest.
    """
    kept = list(view.lines)
    newest = kept[-1:]
    worth = 3 if view.tone is Tone.BAD else 1
    while len(shown := _flowed(kept, width)) > rows and kept:
        kept.remove(min(kept, key=lambda line: worth if line in newest else 2 * has_quantity(line)))
    return (kept, shown) if kept or not rows else ([], _total_alone(view, width))


def _total_alone(view: View, width: int) -> list[Row]:
    """Of a total for which there is no room with all that stands beside it the quantity, where that fits into a row."""
    texts = (clean(part.text) for line in view.lines for part in line.parts if part.kind is Kind.QUANTITY)
    return [row_of(text, Role.PLAIN, width) for text in texts if width_of(text) <= width][-1:]


def _flowed(lines: Sequence[Line], width: int) -> list[Row]:
    """As many facts in a row as fit with their names shortened, two cells apart."""
    rows: list[list[Piece]] = []
    for line in lines:
        used = sum(width_of(piece.text) for piece in rows[-1]) + _width(_GAP) if rows else width
        behind = _flat(line, width - used)
        if behind:
            rows[-1] += [_GAP, *behind]
        elif alone := _flat(line, width) or _flat(replace(line, label=""), width):
            rows.append(alone)
        else:
            forms = [laid(form, width, is_whole=False).rows for form in (line, replace(line, label=""))]
            rows += [list(row) for row in min(forms, key=len)]
    return [filled(row, width) for row in rows]


def _flat(line: Line, width: int) -> list[Piece]:
    """A fact in one row, no wider than it must be; nothing where it does not fit."""
    if width <= 0:
        return []
    rows = laid(line, width, is_whole=False).rows
    *before, last = rows[0]
    return [*before, Piece(last.text.rstrip(), last.role)] if len(rows) == 1 else []


def _width(piece: Piece) -> int:
    return width_of(piece.text)
