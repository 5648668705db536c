"""The runner of the trials: one by its name, all in turn, and none that keeps the others waiting for ever."""

import sys
from pathlib import Path

import pytest

from tests.torture.tools.parts import ROOT, Part, command_of, main, parts, run


def test_an_unknown_trial_is_told_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("brust", []) == 2
    told = capsys.readouterr().err
    assert told.startswith("There is no trial brust. There are: bad_starts, blind, burst, centre, ")
    assert told.endswith(", service, shift, slim, takeover, unread, views, walks.\n")


def test_every_trial_is_a_part() -> None:
    known = parts()
    files = [*(ROOT / "tests/torture").rglob("test_*.py")]
    assert {part.file for part in known.values()} >= {path.relative_to(ROOT) for path in files}
    assert known["burst"].file == Path("tests/torture/test_burst.py")
    assert all((ROOT / part.file).exists() and part.limit_s >= 600 for part in known.values())


def test_a_part_is_its_file_with_what_was_asked_for() -> None:
    assert command_of(parts()["burst"], ["-k", "word"])[-3:] == ["tests/torture/test_burst.py", "-k", "word"]


@pytest.mark.parametrize(
    ("text", "limit_s", "verdict"),
    [
        ("import os; assert os.environ['SCANNER_TORTURE'] == 'long'", 60, "passed"),
        ("raise SystemExit(1)", 60, "failed"),
        ("raise SystemExit(5)", 60, "nothing chosen"),
        ("import time; time.sleep(60)", 0.6, "not done within 0.01 minutes"),
    ],
)
def test_what_becomes_of_a_part(text: str, limit_s: float, verdict: str) -> None:
    ending = run(Part("part", Path("none"), limit_s), [sys.executable, "-c", text])
    assert (ending.name, ending.verdict) == ("part", verdict)
