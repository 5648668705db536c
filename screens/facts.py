"""What is known and what there is to choose, as rows: facts newest last, lists page by page."""

from scanner_app.session.view import Line, View
from screens.cells import cut, padded, width_of, wrapped
from screens.clean import clean
from screens.columns import in_columns
from screens.rack import rack
from screens.row import Piece, Role, Row, row_of


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
    blocks = [_block(line, width)[:rows] for line in in_columns(view.listed, width)]
    is_paged = sum(map(len, blocks)) > rows > 1
    pages = _pages(blocks, rows - is_paged)
    number = view.page % len(pages)
    shown = [row for block in pages[number] for row in block]
    blank = [row_of("", Role.PLAIN, width)] * (rows - len(shown))
    if is_paged:
        after = sum(map(len, pages[number + 1 :]))
        blank[-1] = row_of(view.chrome.more.format(count=after) if after else view.chrome.end, Role.LABEL, width)
    return shown + blank


def _pages(blocks: list[list[Row]], rows: int) -> list[list[list[Row]]]:
    """The blocks page by page, none of them broken unless it is larger than a page."""
    pages: list[list[list[Row]]] = [[]]
    left = rows
    for block in blocks:
        if len(block) > left and pages[-1]:
            pages.append([])
            left = rows
        pages[-1].append(block[:rows])
        left -= len(block)
    return pages


def _block(line: Line, width: int) -> list[Row]:
    """A row for data, as many as it takes for a sentence."""
    if not line.is_sentence:
        return [_tight_fact(line, width)]
    label = f"{clean(line.label)}: " if line.label else ""
    return [row_of(row, Role.DATA, width) for row in wrapped(label + clean(line.text), width, 3)]


def _facts(view: View, width: int, rows: int) -> list[Row]:
    """Oldest first; where not all fit, the newest, under a row that counts the others."""
    blocks = [_fact(line, width) for line in view.lines]
    if sum(map(len, blocks)) > rows:
        blocks = [[_tight_fact(line, width)] for line in view.lines]
    hidden = 0 if len(blocks) <= rows else len(blocks) - max(1, rows - 1)
    shown = [row for block in blocks[hidden:] for row in block]
    if hidden and rows > 1:
        shown.insert(0, row_of(view.chrome.earlier.format(count=hidden), Role.LABEL, width))
    return shown[:rows] + [row_of("", Role.PLAIN, width)] * (rows - len(shown))


def _fact(line: Line, width: int) -> list[Row]:
    """``label: text`` on one row, or the text on rows of its own where a code would have to be cut."""
    text = clean(line.text)
    if not line.label:
        return [row_of(row, Role.DATA, width) for row in wrapped(text, width, 2)]
    label = clean(line.label)
    if width_of(f"{label}: {text}") <= width:
        return [_tight_fact(line, width)]
    below = [row_of("  " + row, Role.DATA, width) for row in wrapped(text, max(1, width - 2), 2)]
    return [row_of(cut(label + ":", width), Role.LABEL, width), *below]


def _tight_fact(line: Line, width: int) -> Row:
    """One row, the text cut at its end, the label before the text."""
    text = clean(line.text)
    if not line.label:
        return row_of(cut(text, width), Role.DATA, width)
    label = _label(clean(line.label), text, width)
    room = max(1, width - width_of(label))
    return (Piece(label, Role.LABEL), Piece(padded(cut(text, room), room), Role.DATA))


def _label(label: str, text: str, width: int) -> str:
    """The label gives way before the text does, down to a third of the row."""
    room = min(max(width - 2 - width_of(text), width // 3), width - 3)
    return cut(label, room) + ": "
