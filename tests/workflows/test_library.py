"""The library: every script by its name, and no process loaded before somebody works."""

import subprocess
import sys

import pytest

from scanner_app.workflows.library import SCRIPTS

_LOADED = "import sys, scanner_app.app, screens.face, screens.line; print(*sys.modules)"
_PROCESSES = tuple(f"scanner_app.workflows.{room}" for room in ("move", "plates", "inquiry", "today", "menu", "parts"))


def test_every_script_is_found_by_its_name() -> None:
    assert {name: script.name for name, script in SCRIPTS.items()} == {name: name for name in SCRIPTS}
    assert {"sign_in", "lock", "leave", "menu", "move", "build"} <= set(SCRIPTS)
    assert SCRIPTS.get("nothing of this name") is None
    with pytest.raises(KeyError):
        SCRIPTS["nothing of this name"]


def test_the_first_prompt_waits_for_no_process() -> None:
    """What an update of the program adds to the menu must not be felt at each start."""
    words = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True).stdout.split()
    assert [
        name for name in words if name.startswith(tuple(f"scanner_app.workflows.{room}" for room in _PROCESSES))
    ] == []
    assert "scanner_app.workflows.shift.sign_in" in words
