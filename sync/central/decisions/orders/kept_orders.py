"""Kept orders: each by its id with the number of its word, so that it is done once however often it comes."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.desk.replies import Refused, Why
from sync.central.database.bulk import insert_rows
from sync.central.database.tables import orders
from sync.central.decisions.orders.author import Author
from sync.central.decisions.orders.effect import Meant


class KeptOrder(NamedTuple):
    """An order that was carried out."""

    number: int
    at_us: int
    word: str
    subject: str
    text: str
    operator: str

    def is_same(self, word: str, meant: Meant, operator: str) -> bool:
        return (self.word, self.subject, self.text, self.operator) == (word, meant.subject, meant.text, operator)


_ROW = select(*(orders.c[name] for name in KeptOrder._fields)).where(orders.c.site == bindparam("of_site"))
_BY_ID = _ROW.where(orders.c.id == bindparam("of_id"))
_LAST = (
    _ROW.where(orders.c.word == bindparam("of_word"), orders.c.subject == bindparam("of_subject"))
    .order_by(orders.c.number.desc())
    .limit(1)
)


def kept_order(connection: Connection, site: str, name: str) -> KeptOrder | None:
    """The order of an id, if it was carried out."""
    return _one(connection.execute(_BY_ID, {"of_site": site, "of_id": name}).one_or_none())


def already(connection: Connection, site: str, word: str, subject: str) -> Refused:
    """Say that it is so already, and by whom and when, as far as that was an order."""
    asked = {"of_site": site, "of_word": word, "of_subject": subject}
    last = _one(connection.execute(_LAST, asked).one_or_none())
    return Refused(why=Why.ALREADY, by=last.operator if last else "", at_us=last.at_us if last else 0)


def keep_order(connection: Connection, author: Author, name: str, kept: KeptOrder) -> None:
    """Keep an order in the transaction that carries it out."""
    who = (author.operator, author.person, author.device)
    insert_rows(
        connection, orders, [(author.site, name, kept.number, kept.word, kept.subject, kept.text, *who, kept.at_us)]
    )


def _one(row: Any) -> KeptOrder | None:
    return KeptOrder(*row) if row else None
