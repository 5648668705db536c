"""What holds for every view and each picture of it: a question, the way on, whole words, nothing outside the screen."""

import re
import unicodedata

from msgspec.structs import replace

from scanner_app.languages.language import Language
from scanner_app.session.view.view import Line, View
from scanner_app.workflows.phrases import chrome
from scanner_app.workflows.phrases.book import all_phrases
from screens.cells import width_of
from screens.clean import clean
from screens.layout import paint
from screens.messages import said
from tests.screens.essentials import SIZES, close, has_what_matters, is_whole_by_one_key, says_how_to_see_it_whole
from tests.screens.rows import text_of

Size = tuple[int, int]
WIDTHS, HEIGHTS = (20, 132), (8, 43)
_KINDS = "|".join(sorted({phrase.key.partition(".")[0] for phrase in all_phrases()}))
_RAW_KEY = re.compile(rf"\b(?:{_KINDS})\.[a-z]+_?[a-z_]{{2,}}\b")
_BLANK = re.compile(r"\{(?!place\})[a-z_]+\}")
"""``{place}`` is among what the worker scans."""


def is_shown(view: View, language: Language, typed: bytes, size: Size) -> None:
    """The laws that cost little, of a view and of its picture."""
    assert view.prompt, "no question"
    assert view.title
    if view.halted:
        assert view.hint == language.words(chrome.ACKNOWLEDGE)
        assert view.message, "stopped without a word"
    for text in (*_sentences(view), view.message, view.news, *(one.text for one in view.before)):
        assert not _RAW_KEY.search(text), text
    for text in _sentences(view):
        assert not _BLANK.search(text), text
    rows = [text_of(row) for row in paint(view, typed, *size, view.status.exchanged_us)]
    assert len(rows) == size[1]
    for row in rows:
        assert width_of(row) == size[0], (row, size)
        assert not any(unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in row), row
    shown = close("".join(rows))
    assert close(view.prompt) in shown, rows
    if view.halted:
        assert view.hint.split("  ")[0] in rows[-2], rows


def is_whole(view: View, size: Size) -> None:
    """The laws of every page, at one of the sizes for which they were made."""
    view = _cleaned(view)
    has_what_matters(view, size)
    is_whole_by_one_key(view, size)
    if not any("~" in message.text for message in said(view)):  # a greeting holds the beginning of a long name
        says_how_to_see_it_whole(view, size)


def _cleaned(view: View) -> View:
    """As a face shows it: a character that steers is shown as one that cannot."""
    before = tuple(replace(one, text=clean(one.text)) for one in view.before)
    lines, listed = (tuple(map(_cleaned_line, some)) for some in (view.lines, view.listed))
    return replace(view, message=clean(view.message), before=before, lines=lines, listed=listed)


def _cleaned_line(line: Line) -> Line:
    parts = tuple(replace(part, text=clean(part.text)) for part in line.parts)
    return replace(line, text=clean(line.text), parts=parts)


def sizes_in_full() -> list[Size]:
    return SIZES


def _sentences(view: View) -> list[str]:
    """What holds no data that was read; whether the others are filled is seen where they are said."""
    lines = [line.label for line in (*view.lines, *view.listed)]
    lines += [line.text for line in (*view.lines, *view.listed) if line.is_sentence]
    return [view.title, view.prompt, view.hint, *lines]
