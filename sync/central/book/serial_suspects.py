"""Suspects: serials of which a batch has left more than one piece on the floor and in hands.

Whether it is so is asked of the stock; here stands only of which serials that need be asked, out of all there are.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, select

from scanner_app.domain.ledger import StockKey, is_on_device
from scanner_app.domain.quantity import SCALE
from sync.central.database.among import among
from sync.central.database.bulk import insert_rows
from sync.central.database.tables import STOCK_SERIALS, serial_suspects, stock

_MORE_THAN_ONE = (
    select(stock.c.item, stock.c.serial)
    .where(stock.c.site == bindparam("site"), STOCK_SERIALS, among(stock.c.serial, "serials"))
    .group_by(stock.c.item, stock.c.serial)
    .having(func.sum(stock.c.quantity) > SCALE)
)
_FORGOTTEN = delete(serial_suspects).where(
    serial_suspects.c.site == bindparam("site"), among(serial_suspects.c.serial, "serials")
)


def suspect(connection: Connection, site: str, changed: Iterable[StockKey]) -> None:
    """Look at the serials of stock that has ``changed``; of goods without any this asks nothing."""
    serials = {key.serial for key in changed if key.serial and is_on_device(key.place)}
    if not serials:
        return
    asked = {"site": site, "serials": sorted(serials)}
    found = connection.execute(_MORE_THAN_ONE, asked).all()
    connection.execute(_FORGOTTEN, asked)
    if found:
        insert_rows(connection, serial_suspects, [(site, row.serial, row.item) for row in found])
