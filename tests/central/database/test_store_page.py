"""The page on the central store, followed on a real PostgreSQL: role, database, address, the first commands."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.central.databases import ON_POSTGRESQL, address
from tests.forks import ROOT, run_scanner

PAGE = (ROOT / "docs/store.md").read_text(encoding="utf-8")
PATIENCE_S = 60.0


def block(kind: str) -> str:
    """The first block of its kind on the page."""
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None, kind
    return found[1]


@ON_POSTGRESQL
def test_the_page_makes_a_store_on_postgresql(empty_url: str, tmp_path: Path) -> None:
    """But for the host, as the server of a test listens on a socket and asks for no password."""
    told = tomllib.loads(block("toml"))["central"]["database"]
    wanted, there = urlsplit(told), urlsplit(empty_url)
    assert (wanted.scheme, wanted.username, wanted.password, wanted.path) == (
        "postgresql+psycopg", "scanner", "SECRET", "/scanner",
    )  # fmt: skip
    url = there._replace(netloc=f"scanner:SECRET@{there.netloc.rpartition('@')[2]}", path=wanted.path).geturl()
    with psycopg.connect(address(empty_url), autocommit=True) as administrator:
        try:
            for statement in block("sql").split(";"):
                administrator.execute(statement.encode())
            _follow(url, tmp_path)
        finally:
            administrator.execute("DROP DATABASE IF EXISTS scanner WITH (FORCE)")
            administrator.execute("DROP ROLE IF EXISTS scanner")


def _follow(url: str, folder: Path) -> None:
    (folder / "config.toml").write_text(f'[central]\ndatabase = "{url}"\n')
    commands = [line.partition("#")[0].split()[1:] for line in block("sh").splitlines()]
    assert commands == [["central", "init"], ["central", "serve", "--workers", "2"]]
    for command, said in ((commands[0], "is ready"), (["central", "verify"], "The book is sound.")):
        done = run_scanner(["--config", str(folder / "config.toml"), *command], timeout_s=PATIENCE_S)
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
        assert "SECRET" not in done.stdout + done.stderr
