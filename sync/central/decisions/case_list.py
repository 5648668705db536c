"""The list of cases: a page of those that wait, the largest value first, and how many there are.

One statement counts what there is of each kind, and one reads the page from the kinds that there are, each giving no
more rows than it shows. A page begins behind the last case of the one before, whatever has come or gone meanwhile.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    bindparam,
    func,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy import case as sql_case
from sqlalchemy.sql import literal_column

from scanner_app.domain.catalog import Location, Plate
from scanner_app.domain.desk.asks import ROWS_MAX, AskCases
from scanner_app.domain.desk.case import CASES_MAX, Case
from scanner_app.domain.desk.replies import CasesPage, Refused, Why
from scanner_app.domain.people import Operator
from sync.central.database.among import among
from sync.central.database.constants import written
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.postgresql import plan_once
from sync.central.database.prepared import Prepared
from sync.central.decisions.asker import Asker, alone
from sync.central.decisions.complete_until import Completeness
from sync.central.decisions.sources.case_source import ZERO, CaseSource
from sync.central.decisions.sources.kinds import BY_KIND, SOURCES
from sync.central.decisions.sources.one_case import case_of, completed, labelled
from sync.central.events.decode import NUMBER_MAX

_locations, _plates, _operators = (BY_STRUCT[struct].table for struct in (Location, Plate, Operator))
_site: BindParameter[str] = bindparam("site")
_ROWS: ColumnElement[int] = literal_column(str(ROWS_MAX + 1), Integer)
COUNTED: ColumnElement[int] = literal_column(str(CASES_MAX + 1), Integer)
"""Written into the statements: a server that does not know how many are wanted plans each of them anew, each time."""


class _Cursor(NamedTuple):
    """The last case of a page."""

    value: int
    kind: str
    id: str

    def text(self) -> str:
        return f"{self.value} {self.kind} {self.id}"


_BEFORE_ALL = _Cursor(NUMBER_MAX, "", "")


class CasesAsked(NamedTuple):
    """What of a statement differs from question to question, beside its parameters; ``badges`` are of one person."""

    kinds: tuple[str, ...]
    by_zone: bool = False
    by_age: bool = False
    by_value: bool = False
    no_marks: bool = False
    some_hidden: bool = False
    badges: int = 0


class _Waiting(NamedTuple):
    """How many cases of a kind wait, and what they are worth, counted only so far that *1,000+* can be told."""

    number: int
    up: int
    down: int


_NONE = _Waiting(0, 0, 0)


def cases_page(connection: Connection, asker: Asker, ask: AskCases, now_us: int) -> CasesPage | Refused:
    """Return a page of cases."""
    cursor = _cursor(ask.after) if ask.after else _BEFORE_ALL
    if cursor is None:
        return Refused(why=Why.NOT_UNDERSTOOD)
    asker, kinds = replace(asker, hidden=ask.hidden), _kinds(ask.kind)
    asked = CasesAsked(kinds, bool(ask.zone), bool(ask.before_us), ask.under > 0, ask.no_marks, bool(ask.hidden))
    filters = {"site": asker.site, "zone": ask.zone, "before_us": ask.before_us, "under": ask.under}
    filters |= {"hidden": [*ask.hidden]} if ask.hidden else {}
    if ask.person:
        badges = connection.execute(_BADGES, {"site": asker.site, "person": ask.person}).scalars().all() or ("",)
        asked = asked._replace(badges=len(badges))
        filters |= {f"badge_{number}": badge for number, badge in enumerate(badges)}
    plan_once(connection)
    waiting = _waiting(connection, asked, filters)
    asked = asked._replace(kinds=tuple(kind for kind, one in waiting.items() if one.number))
    page = CasesPage(as_of_us=now_us, alone=alone(connection, asker.site))
    if not asked.kinds:
        return page
    rows_max, count = max(1, min(ask.rows_max, ROWS_MAX)), sum(one.number for one in waiting.values())
    rows = _heads(asked).run(connection, {**filters, **_behind(cursor, asked)}).all()
    told = Completeness(connection, asker.site, now_us)
    cases = _completed(connection, asker, [case_of(row, asker) for row in rows[:rows_max]], told)
    last = rows[len(cases) - 1]
    after = _Cursor(last.value, last.kind, last.id).text() if len(rows) > rows_max else ""
    quiet = told.quiet(max(case.happened_us for case in cases))
    return replace(
        page, cases=cases, waiting=min(count, CASES_MAX), is_more=count > CASES_MAX, after=after,
        up=sum(one.up for one in waiting.values()), down=sum(one.down for one in waiting.values()),
        quiet=len(quiet), quiet_us=min((one.told_us for one in quiet), default=0),
    )  # fmt: skip


def _completed(connection: Connection, asker: Asker, cases: Sequence[Case], told: Completeness) -> tuple[Case, ...]:
    """The cases of a page with what their sources say of them beside their columns."""
    whole = {(case.kind, case.id): case for case in cases}
    for kind in dict.fromkeys(case.kind for case in cases):
        if complete := BY_KIND[kind].complete:
            of_kind = [case for case in cases if case.kind == kind]
            whole |= {(case.kind, case.id): case for case in complete(connection, asker, of_kind, told)}
    return tuple(whole.values())


def _waiting(connection: Connection, asked: CasesAsked, filters: dict[str, Any]) -> dict[str, _Waiting]:
    """How many there are of each kind, and what the first of them are worth: nothing, where they wait for nobody."""
    if not asked.kinds:
        return {}
    rows: Sequence[Any] = _count(asked).run(connection, filters).all()
    found = {kind: _Waiting(number, int(up), int(down)) for kind, number, up, down in rows}
    none_waits = {kind: _Waiting(one.number, 0, 0) for kind, one in found.items() if BY_KIND[kind].is_asked_for}
    return dict.fromkeys(asked.kinds, _NONE) | found | none_waits


def _kinds(kind: str) -> tuple[str, ...]:
    if kind:
        return (kind,) if kind in BY_KIND else ()
    return tuple(source.kind.value for source in SOURCES if not source.is_asked_for)


def _cursor(text: str) -> _Cursor | None:
    value, _, rest = text.partition(" ")
    kind, _, name = rest.partition(" ")
    if not (value.isascii() and value.isdigit() and len(value) < len(str(NUMBER_MAX)) and name):
        return None
    return _Cursor(int(value), kind, name)


def _behind(cursor: _Cursor, asked: CasesAsked) -> dict[str, Any]:
    """What a source gives behind the cursor: what is worth less, and of what is worth as much those that come later."""
    behind: dict[str, Any] = {}
    for kind in asked.kinds:
        behind[f"value_{kind}"] = cursor.value - (kind < cursor.kind)
        behind[f"id_{kind}"] = cursor.id if kind == cursor.kind else ""
    return behind


@cache
def _heads(asked: CasesAsked) -> Prepared:
    """The cases of a page: of each source as many as a page shows, from its index, and of all of them the first."""
    heads = []
    for kind in asked.kinds:
        source = BY_KIND[kind]
        worth: BindParameter[int] = bindparam(f"value_{kind}")
        name: BindParameter[str] = bindparam(f"id_{kind}")
        shown = source.shown
        behind = (shown.value <= worth, or_(shown.value < worth, shown.id > name))
        heads.append(first_of(waiting_of(source, asked, kind, *labelled(source)).where(*behind), source, _ROWS))
    cases = union_all(*heads).subquery()
    order = (cases.c.value.desc(), cases.c.kind, cases.c.id)
    return Prepared(written(completed(cases).order_by(*order).limit(_ROWS)))


@cache
def _count(asked: CasesAsked) -> Prepared:
    """Of each kind how many there are of the first, what they are worth, and what of it the book loses."""
    first = []
    for kind in asked.kinds:
        source = BY_KIND[kind]
        rows = waiting_of(source, asked, kind, *worth_of(source))
        first.append(first_of(rows, source, COUNTED))
    cases = union_all(*first).subquery("c")
    counted = select(cases.c.kind, func.count(), *sums_of(cases))
    return Prepared(written(counted.group_by(cases.c.kind)))


def worth_of(source: CaseSource) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """What cases are worth, and by which way the book would go, for :func:`sums_of`."""
    quantity = literal_column("-1", BigInteger) if source.is_loss else source.shown.quantity
    return source.shown.value.label("value"), quantity.label("quantity")


def sums_of(cases: Any) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """What the book would win by cases, and what it would lose."""
    is_lost, value = cases.c.quantity < 0, cases.c.value
    won, lost = sql_case((is_lost, ZERO), else_=value), sql_case((is_lost, value), else_=ZERO)
    return func.sum(won), func.sum(lost)


def first_of(rows: Select[Any], source: CaseSource, count: ColumnElement[int]) -> Select[Any]:
    """So many of a source, as its index has them: by value and id."""
    return select(rows.order_by(rows.selected_columns["value"].desc(), source.shown.id).limit(count).subquery())


def waiting_of(source: CaseSource, asked: CasesAsked, kind: str, *cells: ColumnElement[Any]) -> Select[Any]:
    """What a source finds that passes the filters, behind its kind."""
    shown = source.shown
    found = shown.item.table if source.joined is None else source.joined
    named = literal_column(f"'{kind}'", Text).label("kind")
    rows = select(named, *cells).select_from(found).where(*source.waits)
    if asked.by_age:
        rows = rows.where(shown.since_us <= bindparam("before_us"))
    if asked.by_zone:
        is_there = shown.place.in_(_places_of_zone()) if source.zone is None else source.zone == bindparam("zone")
        rows = rows.where(is_there)
    if asked.badges == 1:
        rows = rows.where(shown.operator == bindparam("badge_0"))
    elif asked.badges:
        rows = rows.where(shown.operator.in_([bindparam(f"badge_{number}") for number in range(asked.badges)]))
    if asked.some_hidden:
        rows = rows.where(not_(among(shown.place, "hidden")))
    if asked.by_value:
        rows = rows.where(shown.value < bindparam("under"))
    return rows.where(*source.unmarked) if asked.no_marks else rows


def _places_of_zone() -> Any:
    """The locations of a zone, and the plates that stand at them."""
    locations = select(_locations.c.location).where(_locations.c.site == _site, _locations.c.zone == bindparam("zone"))
    plates = select(_plates.c.plate).where(_plates.c.site == _site, _plates.c.location.in_(locations))
    return union_all(locations, plates)


_who: BindParameter[str] = bindparam("person")
_BADGES = select(_operators.c.operator).where(
    _operators.c.site == _site,
    or_(_operators.c.person == _who, (_operators.c.person == "") & (_operators.c.operator == _who)),
)
"""The operators that one person is."""
