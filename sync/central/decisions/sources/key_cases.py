"""Cases of keys: what is not an event's doing alone but true of the book as it is now, and gone by itself.

The id of such a case is the names of its key, one behind the other. It is compared, and never taken apart.
"""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Double, case, cast, func, literal_column

from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.about import VALUE_MAX
from scanner_app.domain.quantity import SCALE
from sync.central.database.master_tables import BY_STRUCT

ITEMS = BY_STRUCT[Item].table
_SEPARATOR: ColumnElement[str] = literal_column("'\x1f'")
_HAND = "@hand:"


def id_of(*names: ColumnElement[str]) -> ColumnElement[str]:
    """The names of a key as one text."""
    text = names[0]
    for name in names[1:]:
        text = text.concat(_SEPARATOR).concat(name)
    return text


def worth(quantity: ColumnElement[int]) -> ColumnElement[int]:
    """Micro-currency of a quantity at the cost of its item, whatever the numbers are: no product may be too large."""
    exact = cast(func.abs(quantity), Double) * func.coalesce(ITEMS.c.cost, 0) / float(SCALE)
    return cast(case((exact > float(VALUE_MAX), float(VALUE_MAX)), else_=exact), BigInteger)


def holder(place: ColumnElement[str]) -> ColumnElement[str]:
    """The operator in whose hand something is; empty on the floor."""
    return case((place.like(f"{_HAND}%"), func.substr(place, len(_HAND) + 1)), else_=literal_column("''"))


def with_item(table: Any) -> Any:
    """A table with the master data of its items, as far as they are known."""
    return table.outerjoin(ITEMS, (ITEMS.c.site == table.c.site) & (ITEMS.c.item == table.c.item))
