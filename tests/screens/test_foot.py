"""The row of keys, where the foot of a list has to stand in it as well: what is said first of the keys stays."""

import re

import pytest

from scanner_app.languages.language import LANGUAGES, language
from scanner_app.session.view.chrome import chrome as chrome_of
from scanner_app.session.view.view import Line, Message, Tone, View
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.phrases import chrome
from screens.cells import width_of
from tests.screens.essentials import painted

WIDTHS = (20, 22, 23, 24, 25, 26, 29, 31, 40)
HEIGHTS = (8, 9, 10, 12, 14)
LIST = tuple(Line(f"row-{number}", str(number)) for number in range(1, 13))
ROOM_FOR_ALL = 10
"""From so many rows on two of a question and four of a message leave one for the list and one for the keys."""
SAID = ("", "Not a place. Scan one.", "Taken back: a name that wants more than a row. Not a place. Scan one.")


def _hints(code: str) -> dict[str, bool]:
    """Every row of keys, and whether a mistake waits at it."""
    phrases = {chrome.HINT, chrome.HINT_HELP, chrome.HINT_SIGN_IN, *(one.hint for one in SCRIPTS.values() if one.hint)}
    return {language(code).words(one): one is chrome.ACKNOWLEDGE for one in (*phrases, chrome.ACKNOWLEDGE)}


@pytest.mark.parametrize("height", HEIGHTS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_key_stays_and_how_many_more_there_are_wherever_both_have_room(code: str, height: int) -> None:
    for hint, halted in _hints(code).items():
        first = hint.split("  ")[0]
        for message in SAID:
            tone = Tone.BAD if halted else Tone.GOOD
            seen = View(
                1, "Count", "Scan the next, or the place.", message, tone, hint=hint, halted=halted, listed=LIST,
                chrome=chrome_of(language(code)),
            )  # fmt: skip
            for width in WIDTHS:
                rows = painted(seen, (width, height))
                if not halted and height < ROOM_FOR_ALL:
                    continue
                assert first in rows[-2], rows
                left = len(LIST) - len(set(re.findall(r"row-\d+", " ".join(rows))))
                is_told = not left or any(re.search(rf"\bv {left}\b", row) for row in rows)
                assert is_told or width_of(f"v {left}  {first}") > width, rows
                assert is_told or halted, rows


KEYS = "F1 help  F2 menu  F3 back"
STOPPED = "F8 or .k to go on  F1 help"


@pytest.mark.parametrize(
    ("width", "hint", "page", "row"),
    [
        (39, KEYS, 0, "v 11 more: F7 .n  F1 help  F2 menu"),
        (25, KEYS, 0, "v 11 more: F7 .n  F1 help"),
        (24, KEYS, 0, "v 11: F7 .n  F1 help"),
        (20, KEYS, 0, "v 11: F7 .n  F1 help"),
        (20, KEYS, 11, "(end)  F1 help"),
        (39, STOPPED, 0, "v 11 more: F7 .n  F8 or .k to go on"),
        (30, STOPPED, 0, "v 11: F7 .n  F8 or .k to go on"),
        (29, STOPPED, 0, "v 11  F8 or .k to go on"),
        (23, STOPPED, 0, "v 11  F8 or .k to go on"),
        (22, STOPPED, 0, "F8 or .k to go on"),
    ],
)
def test_the_foot_gives_up_its_words_and_then_its_key(width: int, hint: str, page: int, row: str) -> None:
    """Where what is said leaves a list a single row."""
    said = tuple(Message(text, Tone.GOOD) for text in ("One.", "Two."))
    seen = View(
        1, "Count", "Scan the next.", "Not here.", Tone.BAD, before=said, hint=hint, halted=hint == STOPPED,
        listed=LIST, page=page,
    )  # fmt: skip
    assert painted(seen, (width, 8))[-2].strip() == row
