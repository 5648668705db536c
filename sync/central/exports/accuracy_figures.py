"""Figures of how true the book is as listings: what periods come to, the counts, and the lines that differ."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, union

from scanner_app.domain.accuracy.figure import Formula, figure, seconds_a_line
from scanner_app.domain.accuracy.sums import NAMES, Sums
from scanner_app.domain.quantity import show_quantity
from sync.central.accuracy.making import behind, catch_up
from sync.central.database.store import CentralStore
from sync.central.database.tables import KEY_NAMES, accuracy_lines, accuracy_places, accuracy_sums
from sync.central.exports.listing import Listing, Row

_MONEY = ("value", "gross", "net", "booked")
_PERCENTS = (Formula.LINES, Formula.WITHIN, Formula.PLACES, Formula.VALUE, Formula.NET, Formula.SHRINKAGE)
_l, _p, _s = accuracy_lines.c, accuracy_places.c, accuracy_sums.c


def _made(store: CentralStore, site: str) -> None:
    """Put all counts into the figures, where no service has done so."""
    for waiting in sorted(behind(store)):
        if site in ("", waiting):
            catch_up(store, waiting)


def _shown_money(row: Row) -> Row:
    return row | {name: show_quantity(int(row[name] or 0)) for name in _MONEY if name in row}


def _shown_line(row: Row) -> Row:
    return _shown_money(row) | {name: show_quantity(row[name]) for name in ("counted", "difference", "cost")}


def _with_percents(_connection: Connection, rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        sums = Sums(**{name: int(row[name]) for name in NAMES})
        percents = {f"{one}_percent": figure(one, sums).percent for one in _PERCENTS}
        tenths = seconds_a_line(sums)
        shown = {name: "" if percent is None else show_quantity(percent) for name, percent in percents.items()}
        yield _shown_money(row) | shown | {"seconds_a_line": "" if tenths is None else f"{tenths / 10}"}


ACCURACY = Listing(
    select(_s.site, _s.facet, _s.period, _s.name, *(_s[name] for name in NAMES)).order_by(
        _s.site, _s.facet, _s.period, _s.name
    ),
    completed=_with_percents,
    added=(*(f"{one}_percent" for one in _PERCENTS), "seconds_a_line"),
    prepared=_made,
)
"""What the lines of every day, month and year come to, of all and by each facet."""

_every = union(select(_l.site, _l.count_id, _l.place), select(_p.site, _p.count_id, _p.place)).subquery().c
_added = ("lines", "differing", "beyond", "value", "gross", "net", "booked", "scans", "took_us")
_of_lines = (
    select(
        _l.site, _l.count_id, _l.place, func.max(_l.day).label("day"), func.max(_l.zone).label("zone"),
        func.max(_l.operator).label("operator"), func.max(_l.effective_us).label("effective_us"),
        *(func.sum(_l[name]).label(name) for name in _added),
    )
    .group_by(_l.site, _l.count_id, _l.place)
    .subquery()
    .c
)  # fmt: skip
_closed = [getattr(_p, name) == getattr(_every, name) for name in ("site", "count_id", "place")]
_counted = [getattr(_of_lines, name) == getattr(_every, name) for name in ("site", "count_id", "place")]


def _whole_sums(row: Row) -> Row:
    return _shown_money(row | {name: int(row[name] or 0) for name in _added})


COUNTS = Listing(
    select(
        _every.site, _every.count_id.label("count"), _every.place,
        *(func.coalesce(_p[name], getattr(_of_lines, name)).label(name) for name in ("day", "zone", "operator")),
        func.coalesce(_p.effective_us, _of_lines.effective_us).label("effective_us"),
        func.coalesce(_p.closing, "").label("closing"),
        *(getattr(_of_lines, name) for name in _added),
    )
    .outerjoin_from(_every.site.table, accuracy_places, _closed[0] & _closed[1] & _closed[2])
    .outerjoin(_of_lines.site.table, _counted[0] & _counted[1] & _counted[2])
    .order_by(_every.site, _every.count_id, _every.place),
    _whole_sums,
    prepared=_made,
)  # fmt: skip
"""Every count of a place: with the event that closed it, if one did, and what its lines come to."""

VARIANCES = Listing(
    select(
        _l.site, _l.claim, _l.count_id.label("count"), *(_l[name] for name in KEY_NAMES), _l.day, _l.zone, _l.abc,
        _l.operator, _l.effective_us, _l.quantity.label("counted"), _l.difference, _l.cost, _l.gross, _l.net,
        _l.booked, _l.beyond, _l.standing, _l.reason, _l.word, _l.counts_again,
    )
    .where(_l.differing > 0)
    .order_by(_l.site, _l.effective_us, _l.claim),
    _shown_line,
    prepared=_made,
)  # fmt: skip
"""Every line that differs from what the book had; those that were counted again or rejected are none."""
