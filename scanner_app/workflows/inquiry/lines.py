"""What is found, as lines: each can be chosen by its number and is then looked at itself."""

from collections.abc import Mapping

from scanner_app.domain.catalog import AVAILABLE
from scanner_app.domain.ledger import hand_of
from scanner_app.domain.quantity import show_quantity
from scanner_app.workflows.inquiry import phrases as say
from scanner_app.workflows.lookups.details import Details
from scanner_app.workflows.lookups.plates import Plates
from scanner_app.workflows.lookups.search import Hits
from scanner_app.workflows.lookups.stock import HeldRow, Rows
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, name, verdict, where
from scanner_app.workflows.questions.shown import Shown


def heads_of_rows(rows: Rows) -> tuple[Shown, ...]:
    """As of when it is so, and how many of the device's own events it counts that the centre does not have yet."""
    as_of = Shown(say.L_AS_OF, rows.as_of) if rows.as_of else Shown(say.L_AS_OF, phrase=labels.NEVER)
    return (Shown(say.L_NOT_SENT, str(rows.waiting)), as_of) if rows.waiting else (as_of,)


def total(rows: Rows) -> tuple[Shown, ...]:
    """The sum over all places, where all of them are known."""
    if rows.more or not rows.rows:
        return ()
    return (Shown(say.L_TOTAL, parts=(amount(sum(row.quantity for row in rows.rows), rows.rows[0].unit),)),)


def apart(rows: Rows, *, is_at: bool = False) -> tuple[Shown, ...]:
    """What is no stock yet, and by how much it will be more or less; ``is_at``: at a place that is said already."""
    return tuple(Shown(parts=_waits(row, row.item if is_at else row.place)) for row in rows.apart or ())


def _waits(row: HeldRow, at_or_of: str) -> tuple[Part, ...]:
    """How much, where or of what; and what tells it from other stock, where that is out of the ordinary."""
    status = row.status if row.status != AVAILABLE else ""
    marks = (code(text) for text in (row.lot, row.serial, status) if text)
    return amount(row.quantity, row.unit), code(at_or_of), *marks, verdict(say.WAITS)


def of_items(rows: Rows) -> tuple[Option, ...]:
    return tuple(Option(f"item:{row.item}", parts=(code(row.item), *_detail(row), name(row.name))) for row in rows.rows)


def of_item(details: Details) -> tuple[Shown, ...]:
    """Its units, each in pieces, and what tells one piece of it from another."""
    units = ", ".join(f"{unit} = {show_quantity(factor)} {details.base_unit}" for unit, factor in details.units)
    shown = [Shown(say.L_UNITS, parts=(code(units),))] if units else []
    tracked = say.TRACKED.get(details.tracking)
    return (*shown, *([Shown(say.L_TRACKED, phrase=tracked)] if tracked else []))


def of_places(
    rows: Rows, operator: str, *, is_named: bool = False, days: Mapping[str, str] | None = None
) -> tuple[Option, ...]:
    """Places with what is there; ``is_named``: of several items, so each is said. ``days`` are those of lots."""
    return tuple(
        Option(f"place:{row.place}", parts=(_place(row, operator), *_named(row, is_named), *_detail(row, days)))
        for row in rows.rows
    )


def _named(row: HeldRow, is_named: bool) -> tuple[Part, ...]:
    return (code(row.item),) if is_named else ()


def of_plates(plates: Plates) -> tuple[Option, ...]:
    return tuple(Option(f"place:{plate}", phrase=say.PLATE_HERE, arguments={"plate": plate}) for plate in plates.here)


def of_hits(hits: Hits) -> tuple[Option, ...]:
    return tuple(Option(f"{hit.kind}:{hit.code}", parts=(code(hit.code), name(hit.name))) for hit in hits.hits)


def _place(row: HeldRow, operator: str) -> Part:
    """A hand has no label."""
    who = hand_of(row.place)
    if not who:
        return code(row.place)
    return where(say.IN_YOUR_HAND) if who == operator else where(say.IN_HAND_OF, {"who": who})


def _detail(row: HeldRow, days: Mapping[str, str] | None = None) -> tuple[Part, ...]:
    """Quantity first, then only what is out of the ordinary."""
    owner = row.owner if row.owner != "OWN" else ""
    status = row.status if row.status != "AVAILABLE" else ""
    day = (days or {}).get(row.lot, "")
    return amount(row.quantity, row.unit), code(row.lot), code(day), code(row.serial), code(owner), code(status)
