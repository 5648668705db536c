"""Portability: tables and statements are the same Core code for PostgreSQL; its dialect can compile all of them."""

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from sync.central.database import tables
from sync.central.database.master_tables import KEPT_KINDS
from sync.central.database.tables import meta, metadata

OF_SITES = [table for table in metadata.sorted_tables if table is not meta]
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_tables_compile(table: Table) -> None:
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=DIALECT))
    for index in table.indexes:
        assert "CREATE" in str(CreateIndex(index).compile(dialect=DIALECT))


def test_every_table_is_found_where_all_of_them_are() -> None:
    masters = {str(kind.table.name) for kind in KEPT_KINDS}
    ours = [table for table in metadata.sorted_tables if table.name not in masters]
    assert ours == [table for table in ours if getattr(tables, str(table.name)) is table] != []


@pytest.mark.parametrize("table", OF_SITES, ids=lambda table: str(table.name))
def test_the_site_leads_every_primary_and_unique_key(table: Table) -> None:
    assert next(iter(table.primary_key)).name == "site"
    for index in table.indexes:
        assert not index.unique or next(iter(index.columns)).name == "site"
