"""Fewer bytes for the same picture: what a paint says twice, or with blanks, is said once and in short."""

import re
from collections.abc import Callable

from screens.cells import width_of

_MOVE = re.compile(r"(\x1b\[(\d+);(\d+)H)")
_STYLE = re.compile(r"\x1b\[[\d;]*m")
_RESET = "\x1b[0m"
_ERASE = "\x1b[K"


def slim(data: str, blank_from: Callable[[int], int]) -> str:
    """The same paint without line ends before a move, and blanks up to the end of a row as one command.

    ``blank_from`` tells from which column on a row of the new picture is blank and plain; both are counted from 0.
    """
    before, *moves = _MOVE.split(data)
    shown = [before.removesuffix("\n")]
    for move, row, column, text in zip(moves[::4], moves[1::4], moves[2::4], moves[3::4], strict=False):
        shown += [move, _erased(text.removesuffix("\n"), int(column) - 1, blank_from(int(row) - 1))]
    return "".join(shown)


def _erased(text: str, column: int, blank_from: int) -> str:
    """Blanks at the end of what is written become a command, if they are plain and nothing stands behind them."""
    kept = text.rstrip(" ")
    if len(text) - len(kept) <= len(_ERASE) or not _is_plain(kept) or "\n" in kept:
        return text
    return kept + _ERASE if column + width_of(_STYLE.sub("", kept)) >= blank_from else text


def _is_plain(text: str) -> bool:
    styles = _STYLE.findall(text)
    return not styles or styles[-1] == _RESET
