"""What is known of goods, for rows to choose from and facts beside a question: quantity, day, owner and status."""

from collections.abc import Iterable

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.domain.ledger import StockKey
from scanner_app.workflows.lookups.lots import Days
from scanner_app.workflows.lookups.stock import HeldRow
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, name
from scanner_app.workflows.questions.shown import Shown

ROWS_MAX = 200
"""So many rows of a list can be chosen; what is beyond is scanned or typed."""
_NO_DAY = "9999"


def lots(rows: Iterable[HeldRow], days: Days) -> tuple[Option, ...]:
    """The lots that are there, the first to expire first, each with how much of it and until when."""
    found: dict[str, list[HeldRow]] = {}
    for row in rows:
        if row.quantity > 0 and row.lot:
            found.setdefault(row.lot, []).append(row)
    order = sorted(found, key=lambda lot: (days.by_lot.get(lot, _NO_DAY), lot))
    return tuple(Option(lot, parts=_lot(found[lot], days.by_lot.get(lot, ""))) for lot in order[:ROWS_MAX])


def _lot(rows: list[HeldRow], day: str) -> tuple[Part, ...]:
    total = amount(sum(row.quantity for row in rows), rows[0].unit)
    return code(rows[0].lot), total, code(day), *_unusual(rows)


def kind(value: str, rows: Iterable[HeldRow], of: HeldRow) -> Option:
    """Whose it is, how much of that there is, and its status."""
    alike = sum(row.quantity for row in rows if (row.owner, row.status) == (of.owner, of.status))
    owner, status = code(of.owner), code(of.status)
    return Option(value, parts=(owner, amount(alike, of.unit), status), answer=(owner, status))


def serials(rows: Iterable[HeldRow]) -> tuple[Option, ...]:
    """The pieces that are there."""
    there = sorted((row for row in rows if row.quantity > 0 and row.serial), key=lambda row: row.serial)
    return tuple(Option(row.serial, parts=(code(row.serial), *_unusual([row]))) for row in there[:ROWS_MAX])


def _unusual(rows: list[HeldRow]) -> tuple[Part, Part]:
    """Whose it is where it is not ours, and its status where it is not simply there; both where they are several."""
    owners = sorted({row.owner for row in rows if row.owner != OWN})
    statuses = sorted({row.status for row in rows if row.status != AVAILABLE})
    return code(" ".join(owners)), code(" ".join(statuses))


def contents(rows: Iterable[HeldRow]) -> tuple[Shown, ...]:
    """Rows of stock to be read, the item first."""
    return tuple(Shown(parts=_row(row)) for row in rows)


def _row(row: HeldRow) -> tuple[Part, ...]:
    what = code(row.item), amount(row.quantity, row.unit), code(row.lot), code(row.serial)
    return *what, *_unusual([row]), name(row.name)


def of_key(key: StockKey, until: str = "") -> tuple[Shown, ...]:
    """What is to be known of goods one has in hand, where it is out of the ordinary."""
    facts = (
        (labels.UNTIL, until),
        (labels.OWNER, key.owner if key.owner != OWN else ""),
        (labels.STATUS, key.status if key.status != AVAILABLE else ""),
    )
    return tuple(Shown(label, parts=(code(text),)) for label, text in facts if text)
