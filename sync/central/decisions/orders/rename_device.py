"""Rename a device: its name is a label, and no two devices of a site have the same."""

from sqlalchemy import Connection

from scanner_app.domain.desk.asks import RenameDevice
from scanner_app.domain.desk.replies import Refused, Why
from sync.central.decisions.orders.author import Author
from sync.central.decisions.orders.effect import Meant, OrderKind
from sync.central.decisions.orders.kept_orders import already
from sync.central.sites.devices import NAME_LENGTH_MAX, is_revoked, rename
from sync.central.sites.enrolling import device_named

WORD = "rename_device"


def _do(connection: Connection, author: Author, order: RenameDevice) -> Refused | None:
    if is_revoked(connection, author.site, order.device) is None:
        return Refused(why=Why.UNKNOWN_SUBJECT)
    if not _is_label(order.name):
        return Refused(why=Why.NOT_UNDERSTOOD)
    holder = device_named(connection, author.site, order.name)
    if holder == order.device:
        return already(connection, author.site, WORD, order.device)
    if holder:
        return Refused(why=Why.NAME_TAKEN, by=holder)
    rename(connection, author.site, order.device, order.name)
    return None


def _is_label(name: str) -> bool:
    return 0 < len(name) <= NAME_LENGTH_MAX and name.isprintable() and name == name.strip()


RENAME_DEVICE = OrderKind(
    WORD, lambda order: Meant(order.device, order.name), lambda _connection, _author, _order: False, _do
)
