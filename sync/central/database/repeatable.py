"""Repeatable orders (at-least-once): what an administrator orders is done again when the database fails under it."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from scanner_app.errors import CentralError
from sync.central.database.store import CentralStore

_Result = TypeVar("_Result")


def ordered(store: CentralStore, work: Callable[[Connection], _Result]) -> _Result:
    """Do ``work`` in a transaction, and the whole of it again where the database failed under it.

    What it returns is of the last time: a code or a token of a commit whose answer was lost is never told to anybody.

    Raises:
        CentralError: the database goes on failing, and nobody knows whether it was done.
    """
    try:
        return store.write(work)
    except DBAPIError as trouble:
        why = str(trouble.orig).strip().partition("\n")[0]
        raise CentralError(f"The central store failed, and may have done it or not; do it again: {why}.") from trouble
