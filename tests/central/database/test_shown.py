"""The address of a database as it is printed: what is secret in it is not."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from sync.central.database.store import shown
from tests.forks import run_scanner

NOBODY = "postgresql+psycopg://scanner:SECRET@127.0.0.1:1/scanner"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////var/lib/central.db", "sqlite:////var/lib/central.db"),
        (NOBODY, "postgresql+psycopg://scanner:***@127.0.0.1:1/scanner"),
        ("postgresql+psycopg://scanner@/db?host=/run&password=SECRET", "postgresql+psycopg://scanner@/db?host=%2Frun&password=%2A%2A%2A"),
        ("postgresql+psycopg://h/db?Password=SECRET&sslpassword=SECRET", "postgresql+psycopg://h/db?Password=%2A%2A%2A&sslpassword=%2A%2A%2A"),
    ],
)  # fmt: skip
def test_a_password_is_not_shown(url: str, told: str) -> None:
    assert shown(make_url(url)) == told


@pytest.mark.parametrize("command", [["init"], ["verify"]], ids=" ".join)
@pytest.mark.parametrize(
    "url",
    [
        NOBODY,
        "postgresql+psycopg://h:1/db?password=SECRET&hostt=x",
        "postgresql+psycopg://u:SECRET@h:x/db",
        "postgresql+psycopg://u:SECRET/x@h/db",
    ],
)
def test_no_command_tells_the_password_of_a_database_it_cannot_reach(
    tmp_path: Path, command: list[str], url: str
) -> None:
    (tmp_path / "config.toml").write_text(f'[central]\ndatabase = "{url}"\n')
    done = run_scanner(["--config", str(tmp_path / "config.toml"), "central", *command], timeout_s=60.0)
    assert done.returncode == 1
    assert "SECRET" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
