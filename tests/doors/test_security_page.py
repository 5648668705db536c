"""What is promised on the page about security names tests and rooms that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PROMISES = [line for line in PAGE.splitlines() if line.startswith("|") and not line.startswith(("| promised", "| ---"))]
_FILE = re.compile(r"`((?:tests|scanner_app|sync|screens)/[\w/]+(?:\.py)?)`")


def test_every_file_that_is_named_is_there() -> None:
    named = _FILE.findall(PAGE)
    assert len(named) > 40
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_promise_names_its_test() -> None:
    assert len(PROMISES) > 25
    assert [line for line in PROMISES if "`tests/" not in line.split("|")[3]] == []
