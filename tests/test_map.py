"""The map of the house in the docs is the one of the code, and what the docs name is there."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
_FILE = re.compile(r"`([a-z_0-9/]+\.py)`")


def _files() -> set[str]:
    folders = ("scanner_app", "screens", "sync", "devices", "tests", "benchmarks", "docs")
    return {f"/{path.relative_to(ROOT).as_posix()}" for name in folders for path in (ROOT / name).rglob("*.py")}


def test_the_map_in_the_docs_is_the_one_of_the_code() -> None:
    rooms = runpy.run_path(str(DOCS / "rooms.py"))
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert rooms["redrawn"](page) == page, "run: make docs"
    assert rooms["index"]() == (DOCS / "rooms.md").read_text(encoding="utf-8"), "run: make docs"


def test_every_room_and_every_file_says_what_it_is() -> None:
    text = (DOCS / "rooms.md").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row.startswith("| `") and len(row.split(" | ")[1].split()) < 3]
    silent = re.findall(r"## (`[^`]+`)\n\n(?:\S+ ?){0,2}\n", text)
    assert (rows, silent) == ([], [])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    """Drills are left out: they name files that were added only to see what that takes."""
    text = page.read_text(encoding="utf-8").partition("\n## Drills\n")[0]
    files = _files()
    assert [name for name in _FILE.findall(text) if not any(file.endswith(f"/{name}") for file in files)] == []
