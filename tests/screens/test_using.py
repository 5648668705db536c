"""The worker's page says what the program does: its keys, its signs, its pictures."""

import re
from pathlib import Path

from scanner_app.workflows.engine.commands import Command, barcodes, forms
from screens.messages import SYMBOLS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "using.md").read_text(encoding="utf-8")


def test_the_table_of_keys_is_that_of_the_program() -> None:
    told = re.findall(r"^\| (F\d+|PageUp) \| (\.\w) \| (CMD:\w+) \|", PAGE, re.MULTILINE)
    known = [(*forms(command).split(), barcodes()[command.value]) for command in Command]
    assert sorted(told) == sorted(known)


def test_the_signs_are_those_of_the_screen() -> None:
    told = re.findall(r"^\| `(.)` \| (?:green|yellow|red)", PAGE, re.MULTILINE)
    assert told == [symbol.strip() for symbol in SYMBOLS.values() if symbol]


def test_every_picture_of_the_docs_is_there() -> None:
    for page in (*DOCS.glob("**/*.md"), DOCS.parent / "README.md"):
        for found in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / found).exists(), (page.name, found)
