"""An array that PostgreSQL reads from one text is the one that its driver would have sent, whatever stands in it."""

from typing import Any

from sqlalchemy import Connection, text

from sync.central.database.arrays import array_of
from sync.central.database.store import CentralStore
from tests.central.databases import ON_POSTGRESQL

WORDS = ["", "A", "null", "a,b", "{a}", '"', "'", "\\", "\\n", "a b", "Größe", "名", "\t", "\x01", "%s", "%(a)s"]
NUMBERS = [0, -1, 2**63 - 1]


@ON_POSTGRESQL
def test_cells_come_as_they_were(store: CentralStore) -> None:
    with store.reading() as connection:
        for words in ([], WORDS, *([word] for word in WORDS)):
            assert _read(connection, "text", words) == words
        for numbers in ([], NUMBERS):
            assert _read(connection, "bigint", numbers) == numbers


def _read(connection: Connection, kind: str, cells: list[Any]) -> object:
    return connection.execute(text(f"SELECT CAST(:cells AS {kind}[])"), {"cells": array_of(cells)}).scalar_one()
