"""Report of refusals: what an import refused and noted, as lines of CSV for the people who mend the tables."""

import csv
import io
from collections.abc import Iterator

from sync.central.imports.formulas import safe_cell
from sync.central.imports.refusal import Refusal
from sync.central.imports.run import ImportReport

_HEADER = ("what", "file", "row", "column", "reason")


def report_lines(report: ImportReport) -> Iterator[str]:
    """Yield the report as CSV, refusals first; cells are safe to open in a spreadsheet."""
    yield _line(*_HEADER)
    for word, remarks in (("refused", report.refusals), ("note", report.notes)):
        for remark in remarks:
            yield _remark(word, remark)


def _remark(word: str, remark: Refusal) -> str:
    texts = (remark.file, str(remark.row), remark.column, remark.reason)
    return _line(word, *map(safe_cell, texts))


def _line(*cells: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
