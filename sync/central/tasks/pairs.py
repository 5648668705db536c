"""Pairs: what a query of names and numbers finds, as a dictionary."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select


def pairs(connection: Connection, query: Select[Any], asked: Mapping[str, Any]) -> dict[str, int]:
    """Each name with its number."""
    return {row[0]: row[1] for row in connection.execute(query, asked)}
