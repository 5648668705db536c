"""How SQLite goes about a query of the desk."""

from typing import Any

from sqlalchemy import Select

from sync.central.database.store import CentralStore
from tests.central.warehouse import SITE


def steps(store: CentralStore, query: Select[Any]) -> list[str]:
    """The steps of its plan, for the small warehouse."""
    with store.reading() as connection:
        compiled = query.compile(dialect=connection.dialect)
        given = compiled.construct_params({"site": SITE})
        cells = tuple(given[name] for name in compiled.positiontup or ())
        return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", cells).all()]
