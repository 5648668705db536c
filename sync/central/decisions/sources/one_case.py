"""One case: the row of a list, of any source and by its id, for when it is opened."""

from typing import Any

from msgspec.structs import replace
from sqlalchemy import BindParameter, ColumnElement, Connection, Select, Text, bindparam, select
from sqlalchemy.sql import literal_column

from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.case import Case, Opened
from scanner_app.domain.desk.marks import YOURS
from scanner_app.domain.people import Operator
from sync.central.book.as_of import NOW
from sync.central.database.master_tables import BY_STRUCT
from sync.central.decisions.asker import Asker
from sync.central.decisions.complete_until import Completeness
from sync.central.decisions.sources.case_source import CaseShown, CaseSource

_items, _operators = BY_STRUCT[Item].table, BY_STRUCT[Operator].table


def completed(cases: Any) -> Select[Any]:
    """Rows of :class:`CaseShown`, behind their kind, with what master data says of their goods and people."""
    site: BindParameter[str] = bindparam("site")
    goods = (_items.c.site == site) & (_items.c.item == cases.c.item)
    people = (_operators.c.site == site) & (_operators.c.operator == cases.c.operator)
    named = (_items.c.name, _items.c.base_unit, _items.c.decimals, _operators.c.person)
    columns = [cases.c[name] for name in ("kind", *CaseShown._fields)]
    return select(*columns, *named).select_from(cases.outerjoin(_items, goods).outerjoin(_operators, people))


def case_of(row: Any, asker: Asker) -> Case:
    """Make a case of a row that is completed; it is unpacked at once: every look into a row costs."""
    kind, name, value, place, item, quantity, operator, device, reasons, since_us, version, seen, *named = row[:16]
    goods, unit, decimals, person = named
    author = person or operator
    return Case(
        kind=kind,
        id=name,
        version=version,
        seen=seen,
        place=place,
        item=item,
        name=goods or "",
        quantity=int(quantity),
        unit=unit or "",
        decimals=decimals or 0,
        value=value,
        since_us=since_us,
        operator=operator,
        person=author,
        device=device,
        reasons=tuple(reasons.split()),
        marks=(YOURS,) if author and author == asker.operator.who else (),
    )


def labelled(source: CaseSource) -> list[ColumnElement[Any]]:
    """The columns of a source under the names of :class:`CaseShown`."""
    return [column.label(name) for name, column in source.shown._asdict().items()]


def opened_case(
    connection: Connection, asker: Asker, source: CaseSource, name: str, now_us: int = NOW
) -> Opened | None:
    """The case of an id with all that belongs to it, if it waits; nobody says a word on their own."""
    rows = select(literal_column(f"'{source.kind.value}'", Text).label("kind"), *labelled(source)).where(*source.waits)
    rows = rows if source.joined is None else rows.select_from(source.joined)
    wanted = completed(rows.where(source.shown.id == bindparam("id")).subquery())
    row = connection.execute(wanted, {"site": asker.site, "id": name}).one_or_none()
    if row is None:
        return None
    case = case_of(row, asker)
    if source.complete:
        (case,) = source.complete(connection, asker, [case], Completeness(connection, asker.site, now_us))
    opened = source.opened(connection, asker, case, now_us)
    return replace(opened, words=()) if YOURS in opened.case.marks else opened
