"""The list of cases: a page of those that wait, the largest value first, and how many there are.

One statement counts what there is of each kind, and one reads the page from the kinds that there are, each giving no
more rows than it shows. A page begins behind the last case of the one before, whatever has come or gone meanwhile.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql import literal_column

from scanner_app.domain.catalog import Location, Plate
from scanner_app.domain.desk.asks import ROWS_MAX, AskCases
from scanner_app.domain.desk.case import CASES_MAX
from scanner_app.domain.desk.replies import CasesPage, Refused, Why
from scanner_app.domain.people import Operator
from sync.central.database.master_tables import BY_STRUCT
from sync.central.decisions.asker import Asker
from sync.central.decisions.sources.case_source import CaseSource
from sync.central.decisions.sources.kinds import BY_KIND, SOURCES
from sync.central.decisions.sources.one_case import case_of, completed, labelled
from sync.central.events.decode import NUMBER_MAX

_locations, _plates, _operators = (BY_STRUCT[struct].table for struct in (Location, Plate, Operator))
_site: BindParameter[str] = bindparam("site")


class _Cursor(NamedTuple):
    """The last case of a page."""

    value: int
    kind: str
    id: str

    def text(self) -> str:
        return f"{self.value} {self.kind} {self.id}"


_BEFORE_ALL = _Cursor(NUMBER_MAX, "", "")


class _Asked(NamedTuple):
    """What of a statement differs from question to question, beside its parameters."""

    kinds: tuple[str, ...]
    by_zone: bool
    by_person: bool
    by_age: bool


def cases_page(connection: Connection, asker: Asker, ask: AskCases, now_us: int) -> CasesPage | Refused:
    """Return a page of cases."""
    cursor = _cursor(ask.after) if ask.after else _BEFORE_ALL
    if cursor is None:
        return Refused(why=Why.NOT_UNDERSTOOD)
    asked = _Asked(_kinds(ask.kind), bool(ask.zone), bool(ask.person), bool(ask.before_us))
    filters = {"site": asker.site, "zone": ask.zone, "person": ask.person, "before_us": ask.before_us}
    counts = _counts(connection, asked, filters)
    asked = asked._replace(kinds=tuple(kind for kind, count in counts.items() if count))
    if not asked.kinds:
        return CasesPage(as_of_us=now_us)
    rows_max, waiting = max(1, min(ask.rows_max, ROWS_MAX)), sum(counts.values())
    rows = connection.execute(_heads(asked), {**filters, **_behind(cursor, asked), "rows": rows_max + 1}).all()
    cases = tuple(case_of(row, asker) for row in rows[:rows_max])
    after = _Cursor(cases[-1].value, cases[-1].kind, cases[-1].id).text() if len(rows) > rows_max else ""
    return CasesPage(
        cases=cases, waiting=min(waiting, CASES_MAX), is_more=waiting > CASES_MAX, after=after, as_of_us=now_us
    )


def _counts(connection: Connection, asked: _Asked, filters: dict[str, Any]) -> dict[str, int]:
    """How many there are of each kind, counted only so far that *more than a thousand* can be told."""
    if not asked.kinds:
        return {}
    row = connection.execute(_count(asked), filters).one()
    return dict(zip(asked.kinds, row, strict=True))


def _kinds(kind: str) -> tuple[str, ...]:
    return tuple(source.kind.value for source in SOURCES) if not kind else (kind,) if kind in BY_KIND else ()


def _cursor(text: str) -> _Cursor | None:
    value, _, rest = text.partition(" ")
    kind, _, name = rest.partition(" ")
    if not (value.isascii() and value.isdigit() and len(value) < len(str(NUMBER_MAX)) and name):
        return None
    return _Cursor(int(value), kind, name)


def _behind(cursor: _Cursor, asked: _Asked) -> dict[str, Any]:
    """What a source gives behind the cursor: what is worth less, and of what is worth as much those that come later."""
    behind: dict[str, Any] = {}
    for kind in asked.kinds:
        behind[f"value_{kind}"] = cursor.value - (kind < cursor.kind)
        behind[f"id_{kind}"] = cursor.id if kind == cursor.kind else ""
    return behind


@cache
def _heads(asked: _Asked) -> Select[Any]:
    """The cases of a page: of each source as many as a page shows, from its index, and of all of them the first."""
    heads = []
    for kind in asked.kinds:
        source = BY_KIND[kind]
        worth: BindParameter[int] = bindparam(f"value_{kind}")
        name: BindParameter[str] = bindparam(f"id_{kind}")
        shown = source.shown
        behind = (shown.value <= worth, or_(shown.value < worth, shown.id > name))
        cells = (literal_column(f"'{kind}'", Text).label("kind"), *labelled(source))
        rows = _from(source, asked, *cells).where(*behind)
        rows = rows if source.joined is None else rows.select_from(source.joined)
        heads.append(select(rows.order_by(shown.value.desc(), shown.id).limit(bindparam("rows")).subquery()))
    cases = union_all(*heads).subquery()
    order = (cases.c.value.desc(), cases.c.kind, cases.c.id)
    return completed(cases).order_by(*order).limit(bindparam("rows"))


@cache
def _count(asked: _Asked) -> Select[Any]:
    counted = []
    for kind in asked.kinds:
        rows = _from(BY_KIND[kind], asked, literal_column("1").label("one")).limit(CASES_MAX + 1).subquery()
        counted.append(select(func.count()).select_from(rows).scalar_subquery())
    return select(*counted)


def _from(source: CaseSource, asked: _Asked, *cells: ColumnElement[Any]) -> Select[Any]:
    """What a source finds that passes the filters."""
    shown = source.shown
    rows = select(*cells).select_from(shown.item.table).where(*source.waits)
    if asked.by_age:
        rows = rows.where(shown.since_us <= bindparam("before_us"))
    if asked.by_zone:
        rows = rows.where(shown.place.in_(_places_of_zone()))
    if asked.by_person:
        rows = rows.where(shown.operator.in_(_badges_of_person()))
    return rows


def _places_of_zone() -> Any:
    """The locations of a zone, and the plates that stand at them."""
    locations = select(_locations.c.location).where(_locations.c.site == _site, _locations.c.zone == bindparam("zone"))
    plates = select(_plates.c.plate).where(_plates.c.site == _site, _plates.c.location.in_(locations))
    return union_all(locations, plates)


def _badges_of_person() -> Any:
    """The operators that one person is."""
    who: BindParameter[str] = bindparam("person")
    person = _operators.c.person
    is_it = or_(person == who, (person == "") & (_operators.c.operator == who))
    return select(_operators.c.operator).where(_operators.c.site == _site, is_it)
