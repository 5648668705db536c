"""Unknown codes: what an event calls goods that nobody knows, and what somebody said that they are, here or before."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Text, bindparam, select

from scanner_app.domain.catalog import Item, Unit
from scanner_app.domain.desk.named_code import NamedCode
from scanner_app.domain.quantity import SCALE
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import count_lines, identifications
from sync.central.words.identified_codes import codes_of

_items, _units = BY_STRUCT[Item].table.c, BY_STRUCT[Unit].table.c


def unknown_codes(connection: Connection, site: str, event: str, items: Iterable[str]) -> tuple[str, ...]:
    """The codes among the goods of an event, as it says them, in its order."""
    said = {one.code for one in codes_of(connection, site, [event]).get(event, ())}
    names = [name for name in dict.fromkeys(items) if name not in said]
    known = set(connection.execute(_KNOWN, {"site": site, "names": names}).scalars()) if names else set()
    return tuple(name for name in names if name not in known)


def named_of(connection: Connection, site: str, event: str) -> tuple[NamedCode, ...]:
    """The codes of an event that waits all the same: what somebody said that they are, was not enough."""
    codes = {one.code: one for one in codes_of(connection, site, [event]).get(event, ())}
    return tuple(NamedCode(code=one.code, item=one.item, event=event) for one in codes.values())


def named_in(connection: Connection, site: str, claim: str) -> tuple[NamedCode, ...]:
    """The lines of a claim whose code somebody has named, in the order in which they were counted."""
    rows = connection.execute(_OF_CLAIM, {"site": site, "claim": claim}).all()
    return tuple(NamedCode(code=row.code, item=row.item, event=row.event, quantity=row.quantity) for row in rows)


def known_as(connection: Connection, site: str, codes: Sequence[str]) -> tuple[NamedCode, ...]:
    """What each of ``codes`` was said to be when it was met last, where that is still an item in one of its units."""
    return tuple(met for code in codes if (met := _met_before(connection, site, code)))


def _met_before(connection: Connection, site: str, code: str) -> NamedCode | None:
    row = connection.execute(_BEFORE, {"site": site, "code": code}).first()
    if row is None:
        return None
    if row.factor == SCALE:
        return NamedCode(code=code, item=row.item)
    unit = connection.execute(_UNIT, {"site": site, "item": row.item, "factor": row.factor}).scalar()
    return NamedCode(code=code, item=row.item, unit=unit) if unit else None


_site = bindparam("site", type_=Text)
_KNOWN = select(_items.item).where(_items.site == _site, among(_items.item, "names"))
_OF_CLAIM = (
    select(identifications.c.event, identifications.c.code, identifications.c.item, count_lines.c.quantity)
    .join_from(
        count_lines, identifications,
        (identifications.c.site == count_lines.c.site) & (identifications.c.event == count_lines.c.event),
    )
    .where(count_lines.c.site == _site, count_lines.c.claim == bindparam("claim"), count_lines.c.is_undone.is_(False))
    .order_by(count_lines.c.effective_us, count_lines.c.event)
)  # fmt: skip
_BEFORE = (
    select(identifications.c.item, identifications.c.factor)
    .join_from(
        identifications,
        BY_STRUCT[Item].table,
        (_items.site == identifications.c.site) & (_items.item == identifications.c.item),
    )
    .where(identifications.c.site == _site, identifications.c.code == bindparam("code"), _items.active.is_(True))
    .order_by(identifications.c.word.desc())
    .limit(1)
)
_UNIT = (
    select(_units.unit)
    .where(_units.site == _site, _units.item == bindparam("item"), _units.factor == bindparam("factor"))
    .where(_units.active.is_(True))
    .order_by(_units.unit)
    .limit(1)
)
