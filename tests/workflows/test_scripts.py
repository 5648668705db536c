"""Laws of every script: it declares what it asks, its charts are in the docs, its sentences fit the screen."""

from itertools import islice
from pathlib import Path

import pytest

from scanner_app.workflows.charts.chart import draw, edges_of, edges_of_ways
from scanner_app.workflows.charts.graph import graphs_of
from scanner_app.workflows.charts.runs import LOOKED_UP, every_way
from scanner_app.workflows.charts.tables import lookups_table, questions_table
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.menu import scripts
from scanner_app.workflows.phrases.book import all_phrases
from tests.extent import extent
from tests.ways import ways

DOCS = Path(__file__).parents[2] / "docs" / "workflows"
LONG = 2_000
"""So many ways are gone at once; of all scripts they are a million."""


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_script_asks_exactly_the_slots_it_declares(script: Script) -> None:
    sent = {name for path, _request in ways(script.name) for name, _label, _value in path}
    assert {name for name in sent if not name.startswith(LOOKED_UP)} == set(script.slots)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_the_chart_in_the_docs_is_the_one_of_the_code(script: Script) -> None:
    """And the graph tells what every way tells that is gone one by one; of long scripts ``make torture`` goes all."""
    graphs = graphs_of(script)
    page = (DOCS / f"{script.name}.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{draw(graphs)}```" in page, "run: make docs"
    gone = list(islice(every_way(script), extent(LONG, 10**9)))
    assert edges_of_ways(gone) <= edges_of(graphs)
    assert len(gone) == LONG or edges_of_ways(gone) == edges_of(graphs)


def test_every_process_on_the_menu_is_in_the_index_of_the_docs() -> None:
    index = (DOCS.parent / "index.md").read_text(encoding="utf-8")
    assert [script.name for script in scripts() if f"(workflows/{script.name}.md)" not in index] == [], "run: make docs"


@pytest.mark.parametrize(
    ("heading", "table"),
    [("Questions", questions_table()), ("Look-ups", lookups_table())],
    ids=("questions", "look-ups"),
)
def test_the_tables_of_kinds_in_the_docs_are_those_of_the_code(heading: str, table: str) -> None:
    page = (DOCS / "kinds.md").read_text(encoding="utf-8")
    assert f"## {heading}\n\n{table}" in page, "run: make docs"


def test_no_two_sentences_read_alike() -> None:
    for phrase in all_phrases():
        assert len({other.key for other in all_phrases() if other.text == phrase.text}) == 1, phrase.text
