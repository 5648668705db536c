"""Figures from the raw rows: what claims, lines, closings and words say, summed up in one go; no figure is kept."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from scanner_app.domain.accuracy.facets import Facet
from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.calendar import Calendar
from scanner_app.domain.counting.frozen import is_within
from sync.central.counting.claim_rows import kept_of
from sync.central.database.tables import claims, count_closings, count_lines, words

Found = tuple[str, dict[Facet, str], Sums]
"""A day, the name under which it is in each facet, and what it adds."""


_SPEAKS = count_closings.c.speaks.is_(True)


def found(connection: Connection, site: str, calendar: Calendar) -> list[Found]:
    """Every line and place of a site."""
    rows = connection.execute(select(claims).where(claims.c.site == site, claims.c.is_alive.is_(True))).all()
    lines = list(_lines(connection, site, rows, calendar))
    off = {(row.count_id, row.place) for row, (_day, _names, sums) in zip(rows, lines, strict=True) if sums.differing}
    zones = {(row.count_id, row.place): row.zone for row in rows}
    wanted = select(count_closings).where(count_closings.c.site == site, _SPEAKS, count_closings.c.item == "")
    places = []
    for row in connection.execute(wanted):
        at = (row.count_id, row.place)
        names = {Facet.ALL: "", Facet.ZONE: zones.get(at, "pick"), Facet.COUNTER: row.operator}
        day = calendar.day_of(row.effective_us).isoformat()
        places.append((day, names, Sums(places=1, places_differing=int(at in off))))
    return lines + places


def _lines(connection: Connection, site: str, rows: Any, calendar: Calendar) -> Iterator[Found]:
    reasons = dict(connection.execute(select(words.c.number, words.c.reason).where(words.c.site == site)).all())
    took: dict[str, list[int]] = defaultdict(list)
    for line in connection.execute(select(count_lines).where(count_lines.c.site == site)):
        if line.state == "booked" and not line.is_undone:
            took[line.claim].append(line.effective_us - line.begun_us)
    again = {row.recounts for row in rows if row.standing != "rejected"}
    for row in rows:
        names = {
            Facet.ALL: "", Facet.ZONE: row.zone, Facet.CLASS: row.abc, Facet.COUNTER: row.operator,
            Facet.REASON: reasons.get(row.word) or f"@{row.standing}",
        }  # fmt: skip
        yield calendar.day_of(row.effective_us).isoformat(), names, _sums(row, took[row.claim], row.claim in again)


def _sums(row: Any, took: list[int], is_recounted: bool) -> Sums:
    """What one claim adds, worked out anew."""
    kept = kept_of(row)
    if row.standing == "rejected":
        return Sums(rejected=1)
    if is_recounted:
        return Sums(recounted=1)
    parts = kept.state.parts if row.serial and row.quantity else ()
    offs = [row.variance, *(part.variance for part in parts)]
    frozen = kept.claim.frozen
    is_off = any(offs)
    is_beyond = any(
        off and not is_within(frozen, row.quantity if place == 0 else 0, off) for place, off in enumerate(offs)
    )
    booked = row.adjustment + sum(part.adjustment for part in parts)
    is_line = is_off or not row.closing
    return Sums(
        lines=int(is_line), differing=int(is_off), beyond=int(is_beyond),
        value=_money(abs(row.quantity - row.variance), row.cost), gross=_money(sum(map(abs, offs)), row.cost),
        net=_money(sum(offs), row.cost), booked=_money(booked, row.cost), met=int(row.met > 0),
        late=int(row.met > 0 and not is_off), took_us=0 if row.closing else sum(took),
        scans=0 if row.closing else len(took), recounts=int(bool(row.recounts) and is_line),
        waiting=int(row.standing == "waiting" and is_off), costless=int(is_off and not row.cost),
    )  # fmt: skip


def _money(quantity: int, cost: int) -> int:
    return (1 if quantity > 0 else -1) * (abs(quantity) * cost // 10**6)
