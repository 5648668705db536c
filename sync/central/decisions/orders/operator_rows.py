"""Rows of operators that an order changes: the feed carries them to the devices as it does those of an import."""

from sqlalchemy import Connection

from scanner_app.domain.people import Operator
from sync.central.book.master_rows import write_master_rows
from sync.central.decisions.asker import OPERATORS


def keep_operator(connection: Connection, site: str, operator: Operator) -> None:
    """Write an operator with a version of its own."""
    write_master_rows(connection, OPERATORS, site, [[operator]], lambda _written, _total: None)
