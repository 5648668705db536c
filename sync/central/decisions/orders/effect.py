"""What an order does: a function of each kind, which changes something or says why it does not."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import Connection

from scanner_app.domain.desk.replies import Refused
from scanner_app.domain.people import Right
from sync.central.decisions.orders.author import Author


class Meant(NamedTuple):
    """What an order means: the device or operator it is about, and what it says beside."""

    subject: str
    text: str = ""


class OrderKind(NamedTuple):
    """A kind of order: its word, what is ``meant`` by one, whether it is ``own`` to its author, and what it does.

    ``own_is_free`` says that one's own wants no right; otherwise nobody orders it of their own.
    """

    word: str
    meant: Callable[[Any], Meant]
    is_own: Callable[[Connection, Author, Any], bool]
    do: Callable[[Connection, Author, Any], Refused | None]
    right: Right = Right.DECIDE
    own_is_free: bool = False
