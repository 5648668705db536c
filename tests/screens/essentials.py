"""What may not be missing on a screen, checked on views: prompt, message, keys, quantities, rows, how many more."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from scanner_app.session.view.part import Kind, Part
from scanner_app.session.view.view import Line, Tone, View
from screens.layout import paint
from screens.messages import SYMBOLS, said
from tests.screens.rows import text_of

SIZES = [(20, 14), (20, 15), (20, 16), (26, 12), (40, 8), (40, 12), (40, 15), (60, 20), (80, 24), (132, 43)]
PAGES_MAX = 200
_FOOT = re.compile(r"(v \d|\().*F7 \.n|─+$")
_MORE = re.compile(r"\bv (\d+)\b")


def painted(seen: View, size: tuple[int, int]) -> list[str]:
    return [text_of(row) for row in paint(seen, b"", *size, 0)]


def close(text: str) -> str:
    """Without blanks: what goes on in the next row is the same text."""
    return re.sub(r"\s", "", text)


def pages(seen: View, size: tuple[int, int]) -> Iterator[list[str]]:
    """Every page of a view, until the first comes again, or it says that there is no other."""
    first = painted(seen, size)
    yield first
    no_other = close(seen.chrome.all_in_sight)
    for page in range(1, PAGES_MAX):
        rows = painted(replace(seen, page=page), size)
        if rows == first or (page == 1 and no_other in close("".join(rows)) and no_other not in close("".join(first))):
            return
        yield rows


def bodies(seen: View, size: tuple[int, int]) -> list[str]:
    """What all pages of a view say one after the other, without what stands on each of them."""
    told = list(pages(seen, size))
    start = head = _head(seen, told[0])
    facts = close("".join(f"{line.label}:{line.text}" for line in seen.lines)) if len(told) > 1 else ""
    while facts and len({page[head] for page in told}) == 1 and _is_of(told[0][head], facts):
        head += 1
    below = [row for page in told for row in page[head:-2]]
    return [row for row in (*told[0][start:head], *below) if not _FOOT.match(row)]


def _is_of(row: str, facts: str) -> bool:
    """Whether a row above a list is one of facts, of which a name may be shortened; or says how many; or the rule."""
    return row.startswith("^ ") or all(piece in facts for piece in close(row).strip("─").split("~"))


def _head(seen: View, page: list[str]) -> int:
    """How many rows stand above the body: they end with the messages, or with the rule."""
    place = next(place for place, row in enumerate(page) if row.startswith("> ")) + 1
    left = len(close("".join(SYMBOLS[message.tone] + message.text for message in said(seen))))
    while left > 0:
        left -= len(close(page[place]))
        place += 1
    return place


def has_what_matters(seen: View, size: tuple[int, int]) -> None:
    """The first page has what may not be missing, and all pages have all of the list."""
    rows = painted(seen, size)
    shown = close("".join(rows))
    assert close(seen.prompt) in shown, seen
    assert close(seen.message) in shown, seen
    assert seen.hint.split("  ")[0] in rows[-2], seen
    assert rows[-1].startswith(f" #{seen.counter}"), seen
    if seen.tone is not Tone.BAD:
        _quantities_are_there(seen, rows)
    _all_of_the_list_is_there(seen, size)


def is_whole_by_one_key(seen: View, size: tuple[int, int]) -> None:
    """All of it is there in full, page by page."""
    told = close("".join(bodies(replace(seen, is_whole=True), size)))
    for line in (*seen.lines, *seen.listed):
        assert all(_goes_on(close(part.text), told) for part in line.in_parts), (line, told)


PIECE_CELLS_MIN = 4
"""Where a text goes on below and something else stands beside it, each piece but the last has so many letters."""


def _goes_on(text: str, told: str) -> bool:
    """Whether a text is there, in one piece or in several, one after the other."""
    while text and text not in told:
        end = next((end for end in range(len(text), PIECE_CELLS_MIN - 1, -1) if text[:end] in told), 0)
        if not end:
            return False
        text, told = text[end:], told[told.index(text[:end]) + end :]
    return True


def says_how_to_see_it_whole(seen: View, size: tuple[int, int]) -> None:
    """Whatever is shortened is marked, and the key that shows all of it stands in the row of keys."""
    rows = painted(seen, size)
    if any("~" in row for row in rows[1:-2]) and not seen.halted:
        assert "~" in rows[-2], rows


def _quantities_are_there(seen: View, rows: list[str]) -> None:
    """A total, or how many are here, stays on the first page with its unit beside it.

    One that is longer than a row is a key away where 15 rows hold four of a message and three of a question, too.
    """
    width, height = len(rows[0]), len(rows)
    for part in (part for line in seen.lines for part in line.parts if part.kind is Kind.QUANTITY):
        is_long = len(part.text) > width - 2
        text = part.text.partition(" ")[0] if is_long else part.text
        if not is_long or height >= 16:
            assert any(text in re.sub(" +", " ", row) for row in rows), (text, rows)


def _all_of_the_list_is_there(seen: View, size: tuple[int, int]) -> None:
    """Each row with its quantity and verdict and what tells it apart, and how many come after the page.

    A name may be shortened, and what is told beside stands only where a column has room: both are one key away.
    """
    told = bodies(seen, size)
    whole = close("".join(told))
    for line in seen.listed:
        for part in line.in_parts:
            assert part.kind in (Kind.NAME, Kind.EXTRA, Kind.BESIDE) or close(part.text) in whole, (part.text, told)
    if seen.listed and all(line.label.isdigit() for line in seen.listed):
        count_is_exact(seen, size)


def count_is_exact(seen: View, size: tuple[int, int]) -> None:
    """Each page says how many rows end behind it: those whose last word, by which each is known, is yet to come."""
    marks = [f"<{number}>" for number in range(len(seen.listed))]
    listed = tuple(_marked(line, mark) for line, mark in zip(seen.listed, marks, strict=True))
    shown = ""
    for page in pages(replace(seen, listed=listed), size):
        shown += close("".join(page))
        told = [int(match[1]) for row in page if (match := _MORE.search(row))]
        left = sum(mark not in shown for mark in marks)
        assert told == ([left] if left else []), (told, left, page)


def _marked(line: Line, mark: str) -> Line:
    """A line with one more word behind it, which nothing shortens."""
    parts = (*line.parts, Part(mark)) if line.parts else ()
    return replace(line, text=f"{line.text} {mark}", parts=parts)
