"""Admit a device again: what it pushes from now on is believed; what was quarantined waits for a word of its own."""

from sqlalchemy import Connection

from scanner_app.domain.desk.asks import AdmitDevice
from scanner_app.domain.desk.replies import Refused, Why
from sync.central.decisions.orders.author import Author
from sync.central.decisions.orders.effect import Meant, OrderKind
from sync.central.decisions.orders.kept_orders import already
from sync.central.sites.devices import admit, is_revoked

WORD = "admit_device"


def _do(connection: Connection, author: Author, order: AdmitDevice) -> Refused | None:
    before = is_revoked(connection, author.site, order.device)
    if before is None:
        return Refused(why=Why.UNKNOWN_SUBJECT)
    if not before:
        return already(connection, author.site, WORD, order.device)
    admit(connection, author.site, order.device)
    return None


ADMIT_DEVICE = OrderKind(
    WORD, lambda order: Meant(order.device, order.reason), lambda _connection, _author, _order: False, _do
)
