"""Carrying out an order: in one transaction it is judged, done, numbered among the words and kept by its id."""

from sqlalchemy import Connection

from scanner_app.domain.desk.asks import Order
from scanner_app.domain.desk.replies import Done, Refused, Why
from scanner_app.domain.events.limits import is_named
from sync.central.book.counters import locked_counters, set_counters
from sync.central.decisions.orders.author import Author
from sync.central.decisions.orders.kept_orders import KeptOrder, keep_order, kept_order
from sync.central.decisions.orders.kinds import ORDERS


def done_before(connection: Connection, author: Author, order: Order) -> Done | Refused | None:
    """The answer to an order that came before; an id that belongs to another one is not understood."""
    kept = kept_order(connection, author.site, order.id)
    if kept is None:
        return None
    kind = ORDERS[type(order)]
    if not kept.is_same(kind.word, kind.meant(order), author.operator):
        return Refused(why=Why.NOT_UNDERSTOOD)
    return Done(number=kept.number, at_us=kept.at_us)


def carried_out(connection: Connection, author: Author, order: Order, now_us: int) -> Done | Refused:
    """Do what ``author``, who has the right, orders; the writers of a site wait for each other here."""
    if not is_named(order.id):
        return Refused(why=Why.NOT_UNDERSTOOD)
    locked_counters(connection, author.site)
    if (before := done_before(connection, author, order)) is not None:
        return before
    kind = ORDERS[type(order)]
    if not kind.own_is_free and kind.is_own(connection, author, order):
        return Refused(why=Why.OWN)
    if (refused := kind.do(connection, author, order)) is not None:
        return refused
    counters = locked_counters(connection, author.site)
    counters = counters._replace(word=counters.word + 1)
    set_counters(connection, author.site, counters)
    kept = KeptOrder(counters.word, now_us, kind.word, *kind.meant(order), author.operator)
    keep_order(connection, author, order.id, kept)
    return Done(number=kept.number, at_us=now_us)
