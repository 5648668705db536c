"""The list of cases: a page of those that wait, the largest value first, and how many there are.

All sources are asked by one statement, each for no more rows than a page shows; the rows of a page are read then. A
page begins behind the last case of the one before, whatever has come or gone meanwhile.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql import literal_column

from scanner_app.domain.catalog import Location, Plate
from scanner_app.domain.desk.asks import ROWS_MAX, AskCases
from scanner_app.domain.desk.case import CASES_MAX, Case
from scanner_app.domain.desk.replies import CasesPage, Refused, Why
from scanner_app.domain.people import Operator
from sync.central.database.master_tables import BY_STRUCT
from sync.central.decisions.asker import Asker
from sync.central.decisions.sources.kinds import BY_KIND, SOURCES
from sync.central.decisions.sources.source import Cases, Source
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


def cases_page(connection: Connection, asker: Asker, ask: AskCases, now_us: int) -> CasesPage | Refused:
    """Return a page of cases."""
    cursor = _cursor(ask.after) if ask.after else _BEFORE_ALL
    if cursor is None:
        return Refused(why=Why.NOT_UNDERSTOOD)
    asked = _Asked(_kinds(ask.kind), bool(ask.zone), bool(ask.person))
    if not asked.kinds:
        return CasesPage(as_of_us=now_us)
    rows_max = max(1, min(ask.rows_max, ROWS_MAX))
    filters = {"site": asker.site, "zone": ask.zone, "person": ask.person, "before_us": ask.before_us or NUMBER_MAX}
    heads = connection.execute(_heads(asked), {**filters, **_behind(cursor, asked), "rows": rows_max + 1}).all()
    waiting = connection.execute(_count(asked), filters).scalar_one()
    cases = _cases(connection, asker, heads[:rows_max])
    after = _Cursor(*heads[rows_max - 1]).text() if len(heads) > rows_max else ""
    return CasesPage(
        cases=cases, waiting=min(waiting, CASES_MAX), is_more=waiting > CASES_MAX, after=after, as_of_us=now_us
    )


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
    """Value, kind and id of the cases of a page, from the indexes alone."""
    heads = []
    for kind in asked.kinds:
        found = BY_KIND[kind].found
        worth: BindParameter[int] = bindparam(f"value_{kind}")
        name: BindParameter[str] = bindparam(f"id_{kind}")
        behind = (found.value <= worth, or_(found.value < worth, found.id > name))
        cells = (found.value.label("value"), literal(kind, literal_execute=True).label("kind"), found.id.label("id"))
        rows = _from(BY_KIND[kind], asked, *cells).where(*behind)
        heads.append(select(rows.order_by(found.value.desc(), found.id).limit(bindparam("rows")).subquery()))
    every = union_all(*heads).subquery()
    return select(every).order_by(every.c.value.desc(), every.c.kind, every.c.id).limit(bindparam("rows"))


@cache
def _count(asked: _Asked) -> Select[Any]:
    """How many there are, counted only so far that *more than a thousand* can be told."""
    counted = []
    for kind in asked.kinds:
        rows = _from(BY_KIND[kind], asked, literal_column("1").label("one")).limit(CASES_MAX + 1).subquery()
        counted.append(select(func.count()).select_from(rows).scalar_subquery())
    total = counted[0]
    for one in counted[1:]:
        total = total + one  # type: ignore[assignment]
    return select(total)


def _from(source: Source, asked: _Asked, *cells: ColumnElement[Any]) -> Select[Any]:
    """What a source finds that passes the filters."""
    found = source.found
    rows = select(*cells).where(*found.waits, found.since_us <= bindparam("before_us"))
    if asked.by_zone:
        rows = rows.where(found.place.in_(_places_of_zone()))
    if asked.by_person:
        rows = rows.where(found.operator.in_(_badges_of_person()))
    return rows if source.joined is None else rows.select_from(source.joined)


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


def _cases(connection: Connection, asker: Asker, heads: Sequence[Any]) -> tuple[Case, ...]:
    """The rows of a page, in its order."""
    rows: dict[tuple[str, str], Case] = {}
    for read, kinds in _by_reader(head.kind for head in heads).items():
        ids = [head.id for head in heads if head.kind in kinds]
        rows |= {(case.kind, case.id): case for case in read(connection, asker, ids).values()}
    return tuple(rows[head.kind, head.id] for head in heads if (head.kind, head.id) in rows)


def _by_reader(kinds: Iterable[str]) -> dict[Cases, set[str]]:
    readers: dict[Cases, set[str]] = {}
    for kind in kinds:
        readers.setdefault(BY_KIND[kind].cases, set()).add(kind)
    return readers
