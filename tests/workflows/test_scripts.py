"""Laws of every script: it declares what it asks, its charts are in the docs, its sentences fit the screen."""

import re
from pathlib import Path

import pytest

from scanner_app.workflows.charts.chart import draw, edges_of
from scanner_app.workflows.charts.tables import lookups_table, questions_table
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.menu import scripts
from scanner_app.workflows.phrases.book import all_phrases
from tests.extent import extent
from tests.ways import every_way, ways

DOCS = Path(__file__).parents[2] / "docs" / "workflows"
LONGEST = ("change_status", "move")
"""Every way of them is three quarters of a million, gone by ``make torture PART=charts``."""
WHOLE = [script for script in SCRIPTS.values() if extent(0, 1) or script.name not in LONGEST]


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_script_asks_exactly_the_slots_it_declares(script: Script) -> None:
    assert {edge.source for edge in edges_of(ways(script.name))} - {"begin"} == set(script.slots)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("script", WHOLE, ids=[script.name for script in WHOLE])
def test_the_chart_in_the_docs_is_the_one_of_the_code(script: Script) -> None:
    page = (DOCS / f"{script.name}.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{draw(every_way(script.name))}```" in page, "run: make docs"


@pytest.mark.parametrize("name", LONGEST)
def test_a_long_chart_leads_from_each_question_to_those_of_the_code(name: str) -> None:
    drawn = re.findall(
        r"^    (\w+) -->(?:\|.*\|)? (\w+)$", (DOCS / f"{name}.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    asked = {(edge.source, edge.target) for edge in edges_of(ways(name))}
    assert {tuple(one.replace(" ", "_").replace(":", "_") for one in pair) for pair in asked} == set(drawn), (
        "run: make docs"
    )


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
