"""What is found, as lines: each can be chosen by its number and is then looked at itself."""

from scanner_app.domain.ledger import hand_of
from scanner_app.domain.quantity import show_quantity
from scanner_app.workflows.inquiry import phrases as say
from scanner_app.workflows.lookups.plates import Plates
from scanner_app.workflows.lookups.search import Hits
from scanner_app.workflows.lookups.stock import HeldRow, Rows
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.shown import Shown


def heads_of_rows(rows: Rows) -> tuple[Shown, ...]:
    """As of when it is so, and how many of the device's own events it counts that the centre does not have yet."""
    as_of = Shown(say.L_AS_OF, rows.as_of) if rows.as_of else Shown(say.L_AS_OF, phrase=labels.NEVER)
    return (Shown(say.L_NOT_SENT, str(rows.waiting)), as_of) if rows.waiting else (as_of,)


def total(rows: Rows) -> tuple[Shown, ...]:
    """The sum over all places, where all of them are known."""
    if rows.more or not rows.rows:
        return ()
    return (Shown(say.L_TOTAL, _amount(sum(row.quantity for row in rows.rows), rows.rows[0].unit)),)


def of_items(rows: Rows) -> tuple[Option, ...]:
    return tuple(_listed(f"item:{row.item}", row.item, *_detail(row), row.name) for row in rows.rows)


def of_places(rows: Rows, operator: str, *, is_named: bool = False) -> tuple[Option, ...]:
    """Places with what is there; ``is_named``: of several items, so each is said."""
    return tuple(_at(row, (row.item, *_detail(row)) if is_named else _detail(row), operator) for row in rows.rows)


def of_plates(plates: Plates) -> tuple[Option, ...]:
    return tuple(Option(f"place:{plate}", phrase=say.PLATE_HERE, arguments={"plate": plate}) for plate in plates.here)


def of_hits(hits: Hits) -> tuple[Option, ...]:
    return tuple(_listed(f"{hit.kind}:{hit.code}", hit.code, hit.name) for hit in hits.hits)


def _listed(value: str, *cells: str) -> Option:
    return Option(value, _joined(cells), cells=cells)


def _at(row: HeldRow, cells: tuple[str, ...], operator: str) -> Option:
    value, who, what = f"place:{row.place}", hand_of(row.place), _joined(cells)
    if not who:
        return _listed(value, row.place, *cells)
    if who == operator:
        return Option(value, phrase=say.IN_YOUR_HAND, arguments={"what": what})
    return Option(value, phrase=say.IN_HAND_OF, arguments={"who": who, "what": what})


def _detail(row: HeldRow) -> tuple[str, ...]:
    """Quantity first, then only what is out of the ordinary."""
    owner = row.owner if row.owner != "OWN" else ""
    status = row.status if row.status != "AVAILABLE" else ""
    return _amount(row.quantity, row.unit), row.lot, row.serial, owner, status


def _joined(cells: tuple[str, ...]) -> str:
    return " ".join(cell for cell in cells if cell)


def _amount(quantity: int, unit: str) -> str:
    return f"{show_quantity(quantity)} {unit}".strip()
