"""Serials in two places: on the floor and in hands the book has more than one piece of a serial.

It is so as long as it is: nothing is kept of it.
"""

from sqlalchemy import bindparam, func, select

from scanner_app.domain.quantity import SCALE
from sync.central.database.tables import KEY_NAMES, STOCK_SERIALS, stock

_PIECES = func.sum(stock.c.quantity)
SERIALS_TWICE = (
    select(stock.c.item, stock.c.serial, _PIECES.label("quantity"), func.max(stock.c.version).label("version"))
    .where(stock.c.site == bindparam("site"), STOCK_SERIALS)
    .group_by(stock.c.item, stock.c.serial)
    .having(_PIECES > SCALE)
)
"""Every serial of a ``site`` that is more than one piece, with how many (micro-units)."""
PLACES_OF_SERIAL = (
    select(*(stock.c[name] for name in KEY_NAMES), stock.c.quantity, stock.c.version)
    .where(stock.c.site == bindparam("site"), STOCK_SERIALS)
    .where(stock.c.item == bindparam("of_item"), stock.c.serial == bindparam("of_serial"))
)
"""Every key of a ``site`` that has some of a serial (``of_item``, ``of_serial``)."""
