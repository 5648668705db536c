"""The lines behind figures: a page of those of a period, of one name of a facet, that count in one of the sums."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, or_, select

from scanner_app.domain.accuracy.facets import Facet
from scanner_app.domain.accuracy.sums import NAMES
from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.accuracy_asks import ROWS_MAX, AskAccuracyLines
from scanner_app.domain.desk.accuracy_replies import AccuracyLine, AccuracyLinesPage
from scanner_app.domain.desk.replies import Refused, Why
from sync.central.accuracy.asked_for import AskedPart, PartWanted, wanted
from sync.central.accuracy.report import COLUMN
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import accuracy_lines
from sync.central.events.decode import NUMBER_MAX

_items = BY_STRUCT[Item].table
_l = accuracy_lines.c


class _Behind(NamedTuple):
    """The last line of a page."""

    gross: int = NUMBER_MAX
    claim: str = ""


def lines_page(connection: Connection, site: str, ask: AskAccuracyLines, now_us: int) -> AccuracyLinesPage | Refused:
    """Answer which lines figures are made of, those that are worth most first."""
    asked = wanted(connection, site, AskedPart(ask.period, ask.facet, ask.name), now_us)
    behind = _behind(ask.after) if ask.after else _Behind()
    if asked is None or behind is None or ask.what not in NAMES:
        return Refused(why=Why.NOT_UNDERSTOOD)
    rows_max = max(1, min(ask.rows_max, ROWS_MAX))
    rows = connection.execute(_query(asked, ask.what, behind).limit(rows_max + 1)).all()
    last = rows[rows_max - 1] if len(rows) > rows_max else None
    return AccuracyLinesPage(
        period=asked.period.text,
        lines=tuple(_line(row) for row in rows[:rows_max]),
        after=f"{last.gross} {last.claim}" if last else "",
        has_today=asked.has_today,
        as_of_us=now_us,
    )


def _behind(text: str) -> _Behind | None:
    gross, _, claim = text.partition(" ")
    is_number = gross.isascii() and gross.isdigit() and len(gross) < len(str(NUMBER_MAX))
    return _Behind(int(gross), claim) if is_number and claim else None


def _query(asked: PartWanted, what: str, behind: _Behind) -> Select[Any]:
    within = [_l.site == asked.site, _l.day >= asked.period.first.isoformat(), _l.day <= asked.period.last.isoformat()]
    if asked.facet != Facet.ALL:
        within.append(_l[COLUMN[Facet(asked.facet)]] == asked.name)
    later = or_(_l.gross < behind.gross, and_(_l.gross == behind.gross, _l.claim > behind.claim))
    named = accuracy_lines.outerjoin(_items, (_items.c.site == _l.site) & (_items.c.item == _l.item))
    cells = (*accuracy_lines.c, _items.c.name.label("item_name"), _items.c.base_unit)
    return select(*cells).select_from(named).where(*within, _l[what] > 0, later).order_by(_l.gross.desc(), _l.claim)


def _line(row: Any) -> AccuracyLine:
    return AccuracyLine(
        claim=row.claim, at_us=row.effective_us, place=row.place, item=row.item, name=row.item_name or "",
        unit=row.base_unit or "", lot=row.lot, serial=row.serial, counted=row.quantity, difference=row.difference,
        value=row.net, operator=row.operator, reason=row.reason,
    )  # fmt: skip
