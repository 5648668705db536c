"""Opposites: claims of the same item that wait and differ the other way: of another place, lot, owner or status."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, not_, select

from scanner_app.domain.desk.opened_claim import Opposite
from sync.central.database.among import among
from sync.central.database.asked import Columns, asked_rows
from sync.central.database.tables import claims
from sync.central.decisions.asker import Asker

OPPOSITES_MAX = 5
"""So many are shown beside a claim that is opened; those that differ by as much come first."""
_ASKED: Columns = {"claim": str, "item": str, "variance": int}
_NAMES = ("claim", "version", "place", "lot", "owner", "status", "variance", "value")


def pairs_of(connection: Connection, asker: Asker, rows: Iterable[Any]) -> Mapping[str, Opposite]:
    """Of each claim one that differs by as much the other way, if there is one whoever asks may know of."""
    asked = [(row.claim, row.item, -row.variance) for row in rows if row.variance]
    hidden = "".join(f"\n{place}\n" for place in asker.hidden)
    found = asked_rows(connection, _PAIRS, _ASKED, asked, site=asker.site, hidden=hidden) if asked else ()
    return {row.pairs: _opposite(row) for row in found}


def opposites_of(connection: Connection, asker: Asker, row: Any) -> Iterator[Opposite]:
    """Those that a claim may be taken together with, or looked at beside."""
    asked = {"site": asker.site, "item": row.item, "but": row.claim, "exactly": -row.variance, "hidden": asker.hidden}
    exact = connection.execute(_EXACT, asked).all() if row.variance else []
    others = connection.execute(_MORE if row.variance < 0 else _FEWER, asked).all() if row.variance else []
    yield from map(_opposite, [*exact, *others][:OPPOSITES_MAX])


def _opposite(row: Any) -> Opposite:
    return Opposite(
        id=row.claim, version=row.version, seen=0, place=row.place, quantity=row.variance, lot=row.lot,
        owner=row.owner, status=row.status, value=row.value,
    )  # fmt: skip


_CELLS = ", ".join(f"c.{name}" for name in _NAMES)
_PAIRS = (
    "WITH {asked}, paired AS MATERIALIZED (SELECT a.claim AS pairs, (SELECT c.claim FROM claims c WHERE c.site = :site "
    "AND c.is_listed {true} AND c.item = a.item AND c.variance = a.variance "
    "AND replace(CAST(:hidden AS text), '\n' || c.place || '\n', '') = CAST(:hidden AS text) ORDER BY c.claim LIMIT 1) "
    "AS other "
    f"FROM asked a) SELECT p.pairs, {_CELLS} FROM paired p CROSS JOIN claims c "
    "WHERE c.site = :site AND c.claim = p.other"
)
_of_item = (
    select(*(claims.c[name] for name in _NAMES))
    .where(claims.c.site == bindparam("site"), claims.c.is_listed.is_(True), claims.c.item == bindparam("item"))
    .where(claims.c.claim != bindparam("but"), not_(among(claims.c.place, "hidden")))
    .limit(OPPOSITES_MAX)
)
_exactly: Any = bindparam("exactly")
_EXACT = _of_item.where(claims.c.variance == _exactly).order_by(claims.c.claim)
_MORE = _of_item.where(claims.c.variance > 0, claims.c.variance != _exactly).order_by(claims.c.variance.desc())
_FEWER = _of_item.where(claims.c.variance < 0, claims.c.variance != _exactly).order_by(claims.c.variance)
