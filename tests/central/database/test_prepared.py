"""Prepared statements answer as SQLAlchemy's own way of running them does, on either engine."""

import pytest
from sqlalchemy import bindparam, select, update

from scanner_app.domain.catalog import Item
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.prepared import Prepared
from sync.central.database.store import CentralStore
from tests.central.intake.test_statements import counted
from tests.central.warehouse import SITE

_items = BY_STRUCT[Item].table
_NAMED = (
    select(_items.c.item, (_items.c.base_unit + " of it").label("said"), _items.c.active)
    .where(_items.c.site == bindparam("site"), among(_items.c.item, "items"))
    .order_by(_items.c.item)
)


@pytest.mark.parametrize("wanted", [[], ["nothing"], ["1", "2", '"', "\\", "\N{SNOWMAN}"]], ids=["none", "one", "some"])
def test_it_finds_what_the_statement_finds(store: CentralStore, wanted: list[str]) -> None:
    """Words, constants of its own, truths; also when it is run again, with other values."""
    prepared = Prepared(_NAMED)
    with store.reading() as connection:
        every = list(connection.execute(select(_items.c.item).where(_items.c.site == SITE)).scalars())
        assert every
        for items in (wanted, every, [*every, *wanted]):
            values = {"site": SITE, "items": items}
            found = prepared.run(connection, values).all()
            assert [tuple(row) for row in found] == [tuple(row) for row in connection.execute(_NAMED, values)]
            assert {row.said[-6:] for row in found} <= {" of it"}


def test_it_runs_once_for_each_row_and_is_seen_as_one_statement(store: CentralStore) -> None:
    change = update(_items).where(_items.c.site == bindparam("of_site"), _items.c.item == bindparam("of_item"))
    prepared = Prepared(change.values(name=bindparam("name")))
    with store.writing() as connection:
        every = list(connection.execute(select(_items.c.item).where(_items.c.site == SITE)).scalars())
        with counted(store) as seen:
            prepared.run_each(connection, [{"of_site": SITE, "of_item": item, "name": f"+{item}"} for item in every])
        assert len(seen) == 1
        names = select(_items.c.name).where(_items.c.site == SITE).order_by(_items.c.item)
        assert sorted(connection.execute(names).scalars()) == sorted(f"+{item}" for item in every)
