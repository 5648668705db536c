"""Serials in two places: on the floor and in hands the book has more than one piece of a serial.

It is so as long as it is: of the serials that are suspected the present stock is asked.
"""

from sqlalchemy import and_, bindparam, func, select

from scanner_app.domain.quantity import SCALE
from sync.central.database.tables import KEY_NAMES, STOCK_SERIALS, serial_suspects, stock

_PIECES = func.sum(stock.c.quantity)
_SUSPECTS, _KEY = serial_suspects.c, ("site", "serial", "item")
_IS_IT = and_(*(_SUSPECTS[name] == stock.c[name] for name in _KEY))
SERIALS_TWICE = (
    select(*(_SUSPECTS[name] for name in _KEY), _PIECES.label("quantity"))
    .add_columns(func.min(stock.c.place).label("place"), func.max(stock.c.version).label("version"))
    .join_from(serial_suspects, stock, _IS_IT)
    .where(_SUSPECTS.site == bindparam("site"), STOCK_SERIALS)
    .group_by(*(_SUSPECTS[name] for name in _KEY))
    .having(_PIECES > SCALE)
)
"""Every serial of a ``site`` that is more than one piece, with how many (micro-units) and a place of it."""
PLACES_OF_SERIAL = (
    select(*(stock.c[name] for name in KEY_NAMES), stock.c.quantity, stock.c.version)
    .where(stock.c.site == bindparam("site"), STOCK_SERIALS)
    .where(stock.c.item == bindparam("of_item"), stock.c.serial == bindparam("of_serial"))
)
"""Every key of a ``site`` that has some of a serial (``of_item``, ``of_serial``)."""
