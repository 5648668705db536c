"""A number that was read where rows are listed and codes are scanned: which of both it is, never without a word."""

from collections.abc import Sequence, Set

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Text
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Judgement, doubt, doubted
from scanner_app.workflows.questions.option import Option, chosen


def by_row(
    options: Sequence[Option], reading: Reading, known: Set[str], facts: Facts, *, mark: str, wall_us: int
) -> Judgement | None:
    """Take a number for its row; None where it is no row's, or the code of that very row.

    A code of kind ``mark`` that is ``known`` here goes first, and one that is known elsewhere is only doubted.
    """
    row = None if reading.aim or reading.label else chosen(options, reading.text)
    if row is None or row.value == reading.text:
        return None
    if reading.text in known:
        return doubted(Text(reading.text, wall_us), [doubt(say.CODE_NOT_ROW, code=reading.text)])
    is_elsewhere = facts.is_known or any((hit.kind, hit.code) == (mark, reading.text) for hit in facts.marks)
    doubts = [doubt(say.ROW_NOT_CODE, number=reading.text, code=row.value)] if is_elsewhere else []
    return doubted(Text(row.value, wall_us), doubts)
