"""What the outside of the program gets wrong is one sentence that says what to do, from every command that meets it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest

from scanner_app.cli.main import cli
from tests.forks import run_scanner
from tests.screens.terminals import PATIENCE_S
from tests.warehouse import filled

NEED_NONE = {("demo",), ("train",), ("run",)}
"""They bring a folder of their own, or want a terminal first."""
NEED_MORE: dict[tuple[str, ...], tuple[str, ...]] = {("central", "restore"): ("--is-done",)}


def commands(command: click.Command, name: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command with something for each thing that it must be given."""
    if isinstance(command, click.Group):
        for word, below in command.commands.items():
            yield from commands(below, (*name, word))
    elif name not in NEED_NONE:
        wanted = (param for param in command.params if param.required and not getattr(param, "is_flag", False))
        given = ((param.opts[0], "1") if param.param_type_name == "option" else _argument(param) for param in wanted)
        yield (*name, *(word for words in given for word in words), *NEED_MORE.get(name, ()))


def _argument(param: click.Parameter) -> tuple[str, ...]:
    named = {"what": "stock", "source": ".", "days": "2026-01-01", "month": "2026-01", "weekdays": "mon"}
    return (named.get(param.name or "", "1"),)


@pytest.mark.parametrize("command", list(commands(cli)), ids=" ".join)
def test_a_data_dir_that_is_a_file_is_said(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "device").touch()
    (tmp_path / "config.toml").write_text('[device]\ndata_dir = "device"\n')
    done = run_scanner(["--config", str(tmp_path / "config.toml"), *command], "", timeout_s=PATIENCE_S)
    sentence = f"{tmp_path}/device is a file, not a folder. Set data_dir in [device] of config.toml to a folder.\n"
    assert done.returncode == 1, done.stderr
    if command == ("doctor",):
        assert f"X   disk: {sentence}" in done.stdout
    else:
        assert done.stderr == f"scanner: {sentence}"


def test_a_cache_that_another_program_keeps_locked_is_said(tmp_path: Path) -> None:
    filled(tmp_path / "device").close()
    (tmp_path / "config.toml").write_text('[device]\ndata_dir = "device"\n')
    with closing(sqlite3.connect(tmp_path / "device/cache.db", isolation_level=None)) as browser:
        browser.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        browser.execute("BEGIN EXCLUSIVE")
        browser.execute("CREATE TABLE scribbled (x)")
        done = run_scanner(["--config", str(tmp_path / "config.toml"), "line"], "", timeout_s=PATIENCE_S)
        browser.execute("ROLLBACK")
    assert done.returncode == 1
    assert done.stderr.startswith("scanner: Another program has the cache open and keeps it locked")
    assert done.stderr.count("\n") == 1


def test_sync_wants_no_option(tmp_path: Path) -> None:
    filled(tmp_path / "device").close()
    (tmp_path / "config.toml").write_text('[device]\ndata_dir = "device"\n')
    for command in (["sync"], ["sync", "--once"]):
        done = run_scanner(["--config", str(tmp_path / "config.toml"), *command], "", timeout_s=PATIENCE_S)
        assert "Missing option" not in done.stderr
        assert done.stderr.startswith("scanner: ")


def test_an_import_says_nothing_of_stock_that_it_was_not_given(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[central]\ndatabase = "sqlite:///central.db"\n')
    (tmp_path / "sites.csv").write_text("site,name,zone\nDC1,Main,UTC\n")
    run_scanner(["--config", str(tmp_path / "config.toml"), "central", "init"], timeout_s=PATIENCE_S)
    arguments = ["--config", str(tmp_path / "config.toml"), "central", "import", str(tmp_path / "sites.csv")]
    for told in (
        "sites: 1 new, 0 changed, 0 out of use, 0 as before\n"
        "reasons: 28 new, 0 changed, 0 out of use, 0 as before\n"
        "limits: 2 new, 0 changed, 0 out of use, 0 as before\n",
        "sites: 0 new, 0 changed, 0 out of use, 1 as before\n",
    ):
        assert run_scanner(arguments, timeout_s=PATIENCE_S).stdout == told
