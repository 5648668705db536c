"""Revoke a device: what it pushes from now on is quarantined."""

from sqlalchemy import Connection

from scanner_app.domain.desk.asks import RevokeDevice
from scanner_app.domain.desk.replies import Refused, Why
from sync.central.decisions.orders.author import Author
from sync.central.decisions.orders.effect import Meant, OrderKind
from sync.central.decisions.orders.kept_orders import already
from sync.central.sites.devices import is_revoked, revoke

WORD = "revoke_device"


def _do(connection: Connection, author: Author, order: RevokeDevice) -> Refused | None:
    before = is_revoked(connection, author.site, order.device)
    if before is None:
        return Refused(why=Why.UNKNOWN_SUBJECT)
    if before:
        return already(connection, author.site, WORD, order.device)
    revoke(connection, author.site, order.device)
    return None


REVOKE_DEVICE = OrderKind(
    WORD,
    lambda order: Meant(order.device, order.reason),
    lambda _connection, author, order: order.device == author.device,
    _do,
)
"""Nobody shuts out the device at which they sit: what it has not sent yet would be quarantined with it."""
