"""The table of codes is what the program makes of them, and the page in the docs is that table."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from scanner_app.domain.recognition.candidate import Kind
from scanner_app.domain.recognition.label import DOUBTFUL, Why

DOCS = Path(__file__).parents[3] / "docs"
CODES = runpy.run_path(str(DOCS / "codes.py"))
ROWS = [met for rows in CODES["TABLE"].values() for met in rows]
WRONG = [met for met in ROWS if met.why not in DOUBTFUL | {Why.NOTHING}]


@pytest.mark.parametrize("met", ROWS, ids=lambda met: met.what)
def test_a_code_is_recognised_as_what_it_is(met: Any) -> None:
    found = CODES["reading_of"](met)
    assert (found.kind, found.label, found.why) == (met.kind, met.label, met.why)


def test_the_page_in_the_docs_is_the_table() -> None:
    assert CODES["PAGE"].read_text(encoding="utf-8") == CODES["page"](), "run: make docs"


def test_every_kind_and_every_fault_is_met() -> None:
    assert {met.kind for met in ROWS} == set(Kind)
    assert {met.why for met in ROWS} == set(Why) - {Why.TOO_LONG}
    assert len(ROWS) > 80


@pytest.mark.parametrize("met", WRONG, ids=lambda met: met.what)
def test_what_is_wrong_says_nothing_of_goods(met: Any) -> None:
    found = CODES["reading_of"](met)
    assert (found.label, found.ways, found.codes) == (None, (), (found.text,))


def test_no_two_rows_are_the_same_code() -> None:
    assert len({met.code for met in ROWS}) == len({(met.what, met.code) for met in ROWS}) == len(ROWS)
