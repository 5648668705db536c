"""The whole training as a program: it plays by itself, books nothing, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from scanner_app.config import Config, Guard
from scanner_app.training import course
from scanner_app.training.room import PREFIX, Room


def command(folder: Path, *arguments: str) -> tuple[list[str], dict[str, str]]:
    config = folder / "config.toml"
    config.write_text(f'[device]\ndata_dir = "{folder / "real"}"\n', encoding="utf-8")
    (folder / "tmp").mkdir(exist_ok=True)
    environ = os.environ | {"TMPDIR": str(folder / "tmp")}
    return [sys.executable, "-m", "scanner_app", "--config", str(config), "train", *arguments], environ


def rooms(folder: Path) -> list[Path]:
    return sorted((folder / "tmp").glob(f"{PREFIX}*"))


def test_the_lessons_play_by_themselves_and_nothing_is_left(tmp_path: Path) -> None:
    asked, environ = command(tmp_path, "--show", "--rate", "0")
    done = subprocess.run(
        asked, check=True, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=100
    )
    assert done.stdout.splitlines()[-1] == "Well done. 51 of 51 at once.", done.stdout + done.stderr
    assert all(line.startswith("TRAINING ") for line in done.stdout.splitlines()[:-1])
    assert rooms(tmp_path) == []
    assert not (tmp_path / "real").exists()


def test_a_training_that_was_killed_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    asked, environ = command(tmp_path)
    with subprocess.Popen(asked, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert "Signing in" in killed.stdout.readline() + killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
    assert len(rooms(tmp_path)) == 1
    subprocess.run(asked, check=True, env=environ, input="", capture_output=True, text=True, timeout=100)
    assert rooms(tmp_path) == []


def test_a_room_in_which_somebody_is_stays(tmp_path: Path) -> None:
    asked, environ = command(tmp_path)
    with subprocess.Popen(asked, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdin is not None
        first.stdout.readline()
        subprocess.run(asked, check=True, env=environ, input="", capture_output=True, text=True, timeout=100)
        assert len(rooms(tmp_path)) == 1
        first.stdin.close()
        assert first.wait(60) == 0
    assert rooms(tmp_path) == []


def test_the_codes_can_be_printed(tmp_path: Path) -> None:
    asked, environ = command(tmp_path, "--sheet", str(tmp_path / "codes.html"))
    subprocess.run(asked, env=environ, check=True, capture_output=True, timeout=100)
    page = (tmp_path / "codes.html").read_text(encoding="utf-8")
    assert page.count("<svg") > 20
    assert "A-01-01-01" in page


def test_a_room_is_gone_when_its_training_fails() -> None:
    try:
        with Room() as folder:
            assert folder.is_dir()
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert not folder.exists()


def test_a_training_does_not_lock_while_the_pupil_is_away(tmp_path: Path) -> None:
    assert course.private_config(Config(guard=Guard(idle_lock_s=30)), tmp_path).guard.idle_lock_s == 0
