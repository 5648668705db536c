"""How a table of the central store is defined, once for both engines: its columns, and the room that owns it."""

from typing import Any

from sqlalchemy import BigInteger, Column, MetaData, Table, Text

OWNER = "owner"
"""Under this word a table's ``info`` names the room that writes it."""
KEY_NAMES = ("place", "item", "lot", "serial", "owner", "status")
"""Columns of a stock key, in the order of ``StockKey``."""

metadata = MetaData()


def text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False, server_default=None if key else "")


def whole(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, BigInteger, primary_key=key, autoincrement=False, nullable=False)


def table(name: str, room: str, *columns: Column[Any], **options: Any) -> Table:
    """Define a table; ``room`` is the one folder of the centre whose modules write it, everybody may read it."""
    return Table(name, metadata, *columns, info={OWNER: room}, **options)
