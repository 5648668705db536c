"""Line mode as a script meets it: whatever arrives together, each result is printed once, in order."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from msgspec import Struct

from scanner_app.domain.catalog import Stock
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import whole
from scanner_app.domain.reasons import STARTING
from scanner_app.workflows.menu import number_of
from tests.extent import extent
from tests.program.device import Device
from tests.warehouse import GTIN, PIN, filled

SIGN_IN = ["B-1001", PIN, "1", "A-01-01"]
TARGETS = ["A-01-02", "A-01-05"]


def printed(folder: Path, lines: list[str], *more: Struct) -> list[str]:
    """What a real process prints when all the lines come through a pipe at once."""
    verifier = PasswordHasher(1, 8, 1).hash(PIN)
    plenty = Stock("A-01-01", "100001", "", "", "OWN", "AVAILABLE", whole(5_000))
    filled(folder / "device", [Operator("1001", "Worker 1001", "B-1001", verifier), plenty, *more]).close()
    with (folder / "printed").open("wb") as file:
        status, told = Device(folder).scanner("line", stdout=file.fileno(), given="\n".join([*lines, ""]))
    assert status == 0, told
    return (folder / "printed").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("moves", [2, extent(100, 1_000)])
def test_every_move_that_is_piped_at_once_leaves_its_line(tmp_path: Path, moves: int) -> None:
    targets = [TARGETS[number % 2] for number in range(moves)]
    lines = [line for target in targets for line in (GTIN, "1", target)]
    results = [line for line in printed(tmp_path, [*SIGN_IN, *lines]) if line.startswith("+ Moved")]
    assert results == [f"+ Moved 1 EA to {target}." for target in targets]


def test_a_mistake_between_two_results_is_printed_between_them(tmp_path: Path) -> None:
    lines = [*SIGN_IN, GTIN, "1", "A-01-02", "nonsense", "unused", ".k", GTIN, "2", "A-01-05"]
    said = [line for line in printed(tmp_path, lines) if line[:2] in {"+ ", "! ", "X "}]
    assert said == [
        "+ Welcome, Worker 1001.",
        "+ Moved 1 EA to A-01-02.",
        "X Unknown code. Scan place or item.",
        "! 1 scan was not used. Go on here.",
        "+ Moved 2 EA to A-01-05.",
    ]


def test_what_is_asked_of_the_centre_is_answered_before_the_program_ends(tmp_path: Path) -> None:
    """The input ends at once; here nobody is at the centre's address, which is told, too."""
    boss = Operator("2001", "Supervisor 2001", "B-2001", PasswordHasher(1, 8, 1).hash(PIN), (Role.SUPERVISOR,))
    lines = printed(tmp_path, ["B-2001", PIN, ".m", number_of("devices")], boss)
    assert any("The centre does not answer. Try again." in line for line in lines), lines


def test_a_worker_who_moves_more_than_usual_says_why_and_hears_that_somebody_looks(tmp_path: Path) -> None:
    limit = Limit("x", "move", reason_quantity=whole(5), case_quantity=whole(8))
    lines = [*SIGN_IN, GTIN, "6", "A-01-02", "2", GTIN, "9", "A-01-02", "5", "For the fair", GTIN, "5", "A-01-02"]
    said = [line for line in printed(tmp_path, lines, *STARTING, limit) if line[:2] in {"+ ", "! ", "X "}]
    assert said == [
        "+ Welcome, Worker 1001.",
        "+ Moved 6 EA to A-01-02.",
        "+ Moved 9 EA to A-01-02.",
        "! Over your limit: a supervisor looks.",
        "+ Moved 5 EA to A-01-02.",
    ]


def test_two_runs_in_a_row_tell_each_move_once(tmp_path: Path) -> None:
    """What the run before has said is still there to be read, and is no result of this one."""
    first = printed(tmp_path, [*SIGN_IN, GTIN, "1", "A-01-02"])
    second = printed(tmp_path, [GTIN, "2", "A-01-05"])
    assert [line for line in [*first, *second] if line.startswith("+ Moved")] == [
        "+ Moved 1 EA to A-01-02.", "+ Moved 2 EA to A-01-05.",
    ]  # fmt: skip
    assert second[0] == "  Moved 1 EA to A-01-02."
    stopped = printed(tmp_path, ["nonsense"])
    assert printed(tmp_path, [])[0] == "X Unknown code. Scan place or item.", stopped
