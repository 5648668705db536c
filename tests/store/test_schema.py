"""The scripts of the migrations, statement by statement."""

import sqlite3
from contextlib import closing

import pytest

from scanner_app.store import schema

TRIGGER = "CREATE TRIGGER added AFTER INSERT ON one BEGIN UPDATE one SET a = 'x;y'; DELETE FROM two; END"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1;", ["SELECT 1"]),
        ("SELECT 1; SELECT 2;\n\n", ["SELECT 1", "SELECT 2"]),
        (";;\n;", []),
        ("SELECT 'a;b'; SELECT 2", ["SELECT 'a;b'", "SELECT 2"]),
        ('SELECT "a;b", [c;d]; SELECT 2', ['SELECT "a;b", [c;d]', "SELECT 2"]),
        ("SELECT 1 -- first; not last\n; SELECT 2", ["SELECT 1 -- first; not last", "SELECT 2"]),
        ("SELECT 1 /* a; b */; SELECT 2", ["SELECT 1 /* a; b */", "SELECT 2"]),
        (f"{TRIGGER}; SELECT 2", [TRIGGER, "SELECT 2"]),
    ],
)
def test_a_statement_ends_where_sqlite_ends_it(script: str, expected: list[str]) -> None:
    assert [statement.strip().removesuffix(";").strip() for statement in schema.statements(script)] == expected


def test_a_trigger_of_a_migration_is_made_whole() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("CREATE TABLE two (b)")
        for statement in schema.statements(f"CREATE TABLE one (a);\n{TRIGGER};\nINSERT INTO one VALUES ('first')"):
            database.execute(statement)
        assert database.execute("SELECT a FROM one").fetchall() == [("x;y",)]
