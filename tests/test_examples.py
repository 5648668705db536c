"""The worked examples in docstrings are true (doctest): each stands beside what it explains, and runs here."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("scanner_app", "screens", "sync", "devices")


def with_examples() -> list[str]:
    """Name the modules in whose docstrings an example stands."""
    files = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    named = [path.relative_to(ROOT) for path in files if ">>> " in path.read_text(encoding="utf-8")]
    return [".".join(path.with_suffix("").parts) for path in named]


@pytest.mark.parametrize("module", with_examples())
def test_examples_are_true(module: str) -> None:
    result = doctest.testmod(import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


def test_examples_are_looked_for_where_they_stand() -> None:
    assert {"scanner_app.domain.quantity", "scanner_app.domain.events.legs"} <= set(with_examples())
