"""Text measured in terminal cells: cut, padded and wrapped, where a wide character takes two."""

from rich.cells import cell_len, set_cell_size

CUT_MARK = "~"
HEAD_CELLS_MIN = 8
"""A word that is wider than a row begins where so much of one is left."""


def width_of(text: str) -> int:
    """The cells that clean text takes. Plain ASCII is not asked about: each answer stays in a cache of thousands."""
    return len(text) if text.isascii() else cell_len(text)


def padded(text: str, width: int) -> str:
    """Exactly ``width`` cells of ``text``, which is cut without a mark where it is longer."""
    return set_cell_size(text, width)


def cut(text: str, width: int) -> str:
    """At most ``width`` cells; a mark at the end says that something is missing. Half a code is not shown."""
    if width_of(text) <= width:
        return text
    kept = set_cell_size(text, max(0, width - 1))
    kept = kept if text.startswith(kept) else kept[:-1]
    start = kept.rfind(" ") + 1
    word = text[start:].partition(" ")[0]
    if start and len(word) > len(kept) - start and any(map(str.isdigit, word)):
        kept = kept[:start]
    return kept.rstrip() + CUT_MARK[:width]


def tail(text: str, width: int) -> str:
    """The last ``width`` cells; a mark in front says that something is missing."""
    if width_of(text) <= width:
        return text
    start = len(text)
    room = max(0, width - 1)
    while start and width_of(text[start - 1 :]) <= room:
        start -= 1
    return CUT_MARK[:width] + text[start:]


def shortened(text: str, width: int) -> str:
    """At most ``width`` cells of a name, its middle left out: what tells names apart mostly stands at their ends."""
    if width_of(text) <= width:
        return text
    room = max(0, width - 1)
    head = broken(text, room - room // 2)[0].rstrip() if room else ""
    return head + CUT_MARK[:width] + tail(text, room // 2 + 1)[1:].lstrip()


def broken(text: str, width: int) -> list[str]:
    """The text in pieces of at most ``width`` cells (at least one character each), nothing of it left out."""
    if text.isascii():
        return [text[start : start + max(1, width)] for start in range(0, len(text), max(1, width))] or [""]
    pieces, piece, used = [], "", 0
    for character in text:
        cells = width_of(character)
        if piece and used + cells > width:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + character, used + cells
    return [*pieces, piece]


def wrapped(text: str, width: int, rows_max: int) -> list[str]:
    """Rows of whole words; a word wider than a row goes on in the next, and only the last row is cut, with a mark."""
    rows = [""]
    for word in text.split(" "):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if width_of(longer) <= width:
            rows[-1] = longer
        else:
            room = width - width_of(rows[-1]) - 1
            head = broken(word, room)[0] if rows[-1] and room >= HEAD_CELLS_MIN and width_of(word) > width else ""
            rows[-1] += f" {head}" if head else ""
            rows += broken(word[len(head) :], width)
    rows = rows[1:] if len(rows) > 1 and not rows[0] else rows
    if len(rows) > rows_max:
        rows = [*rows[: rows_max - 1], " ".join(rows[rows_max - 1 :])] if rows_max else []
    return [cut(row, width) for row in rows]
