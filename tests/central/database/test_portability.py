"""Portability: tables and statements are the same Core code for PostgreSQL; its dialect can compile all of them."""

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from sync.central.database.tables import meta, metadata

OF_SITES = [table for table in metadata.sorted_tables if table is not meta]
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_tables_compile(table: Table) -> None:
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=DIALECT))
    for index in table.indexes:
        assert "CREATE" in str(CreateIndex(index).compile(dialect=DIALECT))


@pytest.mark.parametrize("table", OF_SITES, ids=lambda table: str(table.name))
def test_the_site_leads_every_primary_and_unique_key(table: Table) -> None:
    assert next(iter(table.primary_key)).name == "site"
    for index in table.indexes:
        assert not index.unique or next(iter(index.columns)).name == "site"
