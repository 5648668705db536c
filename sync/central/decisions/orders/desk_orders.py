"""Orders of a desk: who orders is known, has the right, and shows it by a PIN of their own, which is looked at between.

A PIN costs time to check, which no transaction waits for: one notes the attempt, and one carries the order out.
"""

from typing import NamedTuple

from sqlalchemy import Connection

from scanner_app.domain.desk.asks import Order
from scanner_app.domain.desk.replies import Done, Refused, Why
from scanner_app.domain.lockout import OF_OPERATOR, wait_s
from sync.central.book.counters import locked_counters
from sync.central.decisions.asker import Asker, asker_of
from sync.central.decisions.orders.author import at_a_desk
from sync.central.decisions.orders.carrying_out import carried_out, done_before
from sync.central.decisions.orders.kinds import ORDERS
from sync.central.decisions.pin_failures import at_centre, attempted, failures_of, forget
from sync.central.events.sender import Sender
from sync.central.sites.devices import is_revoked


class Ordered(NamedTuple):
    """An order as it came: from which device, and who says to give it."""

    sender: Sender
    operator: str
    order: Order


class Attempt(NamedTuple):
    """Somebody is about to show a PIN: the ``verifier`` that it is held against."""

    verifier: str


def attempt(connection: Connection, ordered: Ordered, now_us: int) -> Attempt | Done | Refused:
    """Note that a PIN will be tried; it counts as a wrong one until it was right: tried at once, none is free.

    An order that was carried out before is answered without a PIN: nobody has it any more to send it again.
    """
    locked_counters(connection, ordered.sender.site)
    asker = _may_order(connection, ordered)
    if isinstance(asker, Refused):
        return asker
    if (before := done_before(connection, at_a_desk(asker), ordered.order)) is not None:
        return before
    refused = attempted(connection, asker.site, asker.operator.who, now_us)
    return refused or Attempt(asker.operator.verifier)


def refused_pin(connection: Connection, ordered: Ordered, now_us: int) -> Refused:
    """Say that a PIN was wrong, and how long the next one waits."""
    asker = asker_of(connection, ordered.sender, ordered.operator, None)
    if isinstance(asker, Refused):
        return asker
    failures = failures_of(connection, asker.site, asker.operator.who)
    return Refused(why=Why.WRONG_PIN, again_us=wait_s(failures, OF_OPERATOR, at_centre(now_us)) * 1_000_000)


def carried_out_by_pin(connection: Connection, ordered: Ordered, shown: Attempt, now_us: int) -> Done | Refused:
    """Carry out an order whose author has shown the right PIN; all else may have changed since.

    It may have been done already: a commit whose answer was lost is tried again, and the PIN may be a new one by it.
    """
    locked_counters(connection, ordered.sender.site)
    asker = _may_order(connection, ordered)
    if isinstance(asker, Refused):
        return asker
    author = at_a_desk(asker)
    if (before := done_before(connection, author, ordered.order)) is not None:
        return before
    if asker.operator.verifier != shown.verifier:
        return Refused(why=Why.WRONG_PIN)
    forget(connection, asker.site, asker.operator.who)
    return carried_out(connection, author, ordered.order, now_us)


def _may_order(connection: Connection, ordered: Ordered) -> Asker | Refused:
    """Who orders; asked while nobody else writes, so that nobody who was shut out a moment ago still does."""
    kind, sender = ORDERS[type(ordered.order)], ordered.sender
    if is_revoked(connection, sender.site, sender.device) is not False:
        return Refused(why=Why.DEVICE_REVOKED)
    asker = asker_of(connection, sender, ordered.operator, None)
    if isinstance(asker, Refused):
        return asker
    is_free = kind.own_is_free and kind.is_own(connection, at_a_desk(asker), ordered.order)
    return asker if is_free or kind.right in asker.rights else Refused(why=Why.NO_RIGHT)
