"""Tables of what scripts are made of: every kind of question and every kind of look-up, from their own words."""

from collections.abc import Iterable

from scanner_app.workflows.lookups.kinds import KINDS as LOOKS
from scanner_app.workflows.questions.kinds import KINDS as QUESTIONS


def questions_table() -> str:
    """Each kind of question, with what it asks for and what help says of how to answer."""
    rows = ((kind.__name__, _first(kind), " ".join(form.text for form in kind.forms)) for kind in QUESTIONS)
    return _table(("question", "asks for", "help adds"), rows)


def lookups_table() -> str:
    """Each kind of look-up, with what it is for."""
    rows = ((kind.__name__, _first(kind).removeprefix("Look up ")) for kind in LOOKS)
    return _table(("look-up", "looks up"), rows)


def _first(kind: type) -> str:
    """The first paragraph of what a kind says of itself."""
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heads, ("---",) * len(heads), *rows)
    return "".join(f"| {' | '.join(cell.replace('``', '`') for cell in line)} |\n" for line in lines)
