"""Where the home folder is missing or cannot be written: what has no need of it works, the rest says a sentence."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from scanner_app.config import Config, data_dir, load
from scanner_app.errors import ConfigError
from scanner_app.showcase.showcase import demo_folder
from tests.screens.terminals import PATIENCE_S

NOT_A_FOLDER = Path("/dev/null/home")


def scanner(folder: Path, *arguments: str, **environ: str) -> tuple[int, str]:
    """Run the program in a folder, with nothing in its environment but a path and what is given."""
    done = subprocess.run(
        [sys.executable, "-m", "scanner_app", *arguments],
        cwd=folder,
        env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(sys.path), **environ},
        capture_output=True,
        text=True,
        input="",
        timeout=PATIENCE_S * 3,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "somewhere"}], ids=str)
def test_without_a_good_name_in_the_environment_the_home_is_the_one_the_system_knows(environ: dict[str, str]) -> None:
    home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    assert data_dir(Config(), environ) == home / ".local/share/scanner"
    assert demo_folder(environ) == home / ".local/share/scanner-demo"


def test_a_user_unknown_to_the_system_is_asked_for_a_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def unknown(_user: int) -> pwd.struct_passwd:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises(ConfigError, match=r"This user has no home folder\. Set HOME to one, or say in a config\.toml"):
        data_dir(Config(), {})
    assert load(None, {}, tmp_path).path is None, "only what needs a home fails"
    (tmp_path / "config.toml").write_text('[device]\ndata_dir = "device"\n')
    assert data_dir(load(None, {}, tmp_path).config, {}) == tmp_path / "device"


@pytest.mark.parametrize("arguments", [["line"], ["sync", "--once"], ["enrol", "http://127.0.0.1:1", "code"]], ids=str)
def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path: Path, arguments: list[str]) -> None:
    status, told = scanner(tmp_path, *arguments, HOME=str(NOT_A_FOLDER))
    assert status == 1
    assert told == (
        f"scanner: Nothing can be written in {NOT_A_FOLDER}/.local/share/scanner: Not a directory. "
        "Set data_dir in [device] of config.toml to another folder.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["log"], 1), (["doctor"], 1), (["central", "init"], 1), (["demo", "--no-ui"], 1), (["train", "--sheet", "x"], 0)],
    ids=str,
)
def test_no_command_breaks_on_a_home_that_cannot_be_written(tmp_path: Path, arguments: list[str], status: int) -> None:
    found, told = scanner(tmp_path, *arguments, HOME=str(NOT_A_FOLDER))
    assert found == status
    assert told.count("\n") <= 1
    assert told[:9] in ("", "scanner: ")
