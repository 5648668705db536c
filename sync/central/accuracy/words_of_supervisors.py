"""Who checks the checkers: what supervisors said of whose counts, and quantities that came in parts."""

from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, case, func, select

from scanner_app.domain.calendar import Calendar
from scanner_app.domain.catalog import Item
from scanner_app.domain.counting.state import Standing
from scanner_app.domain.desk.accuracy_asks import ROWS_MAX, AskCheckers
from scanner_app.domain.desk.accuracy_replies import CheckerRow, CheckersPage, SplitRow
from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.events.decided import Word
from sync.central.accuracy.asked_for import AskedPart, PartWanted, wanted
from sync.central.accuracy.figures_made import progress_of
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import accuracy_lines, words

OTHER = "other"
"""The reason that says nothing."""
SPLITS_MAX = 20
_items = BY_STRUCT[Item].table
_l, _w = accuracy_lines.c, words.c
_GOODS = (_l.day, _l.place, _l.item, _l.lot, _l.serial, _l.owner, _l.status)


def checkers_page(connection: Connection, site: str, ask: AskCheckers, now_us: int) -> CheckersPage | Refused:
    """Answer who decided what of whose counts in a period."""
    asked = wanted(connection, site, AskedPart(ask.period), now_us)
    if asked is None:
        return Refused(why=Why.NOT_UNDERSTOOD)
    pairs = checkers(connection, asked)
    names = [f"{row.supervisor} {row.counter}" for row in pairs]
    start = names.index(ask.after) + 1 if ask.after in names else 0
    end = start + max(1, min(ask.rows_max, ROWS_MAX))
    return CheckersPage(
        period=asked.period.text,
        rows=tuple(pairs[start:end]),
        splits=tuple(splits(connection, asked)) if not start else (),
        after=names[end - 1] if end < len(names) else "",
        has_today=asked.has_today,
        as_of_us=now_us,
    )


def checkers(connection: Connection, asked: PartWanted) -> list[CheckerRow]:
    """Every pair of a supervisor and a counter, those with the most that was accepted first.

    Told is what rules: a word that was withdrawn, or that another followed, is in none.
    """
    progress = progress_of(connection, asked.site)
    calendar = Calendar(ZoneInfo(progress.zone or "UTC"), progress.day_starts)
    first_us, end_us = asked.period.instants_us(calendar)
    said = _said(asked.site, first_us, end_us).subquery()
    accepted = case((said.c.word == Word.ACCEPT.value, 1), else_=0)
    amounts = {
        "accepted": accepted,
        "rejected": 1 - accepted,
        "unchecked": accepted * said.c.is_alone,
        "bulk": accepted * case((said.c.together > 1, 1), else_=0),
        "above": accepted * said.c.beyond,
        "other": accepted * case((said.c.reason == OTHER, 1), else_=0),
        "value": accepted * func.abs(said.c.booked),
    }
    sums = [func.sum(amount).label(name) for name, amount in amounts.items()]
    rows = connection.execute(select(said.c.person, said.c.operator, *sums).group_by(said.c.person, said.c.operator))
    found = [CheckerRow(supervisor=row[0], counter=row[1], **_whole(amounts, row[2:])) for row in rows]
    return sorted(found, key=lambda row: (-row.accepted, -row.rejected, row.supervisor, row.counter))


def _whole(names: Any, cells: Any) -> dict[str, int]:
    return {name: int(cell) for name, cell in zip(names, cells, strict=True)}


def _said(site: str, first_us: int, end_us: int) -> Any:
    """The words of a time that rule a line, each with that line, and how many its author said in one."""
    is_alone = case(((_l.counts_again == "") & (_l.recounted == 0), 1), else_=0)
    cells = (_w.person, _w.word, _w.reason, _l.operator, _l.beyond, _l.booked, is_alone.label("is_alone"))
    return (
        select(*cells, func.count().over(partition_by=_w.event).label("together"))
        .join(accuracy_lines, (_l.site == _w.site) & (_l.word == _w.number) & (_l.word > 0))
        .where(_w.site == site, _w.at_us >= first_us, _w.at_us < end_us, _w.is_valid.is_(True))
        .where(_w.word.in_((Word.ACCEPT.value, Word.REJECT.value)))
    )


def splits(connection: Connection, asked: PartWanted) -> list[SplitRow]:
    """Goods that several people found to differ the same way on one day, each so little that nobody looked."""
    sign = case((_l.difference > 0, 1), else_=-1)
    within = (_l.day >= asked.period.first.isoformat(), _l.day <= asked.period.last.isoformat())
    found = (
        select(*_GOODS, sign.label("sign"), func.sum(_l.gross).label("gross"))
        .where(_l.site == asked.site, *within, _l.differing > 0, _l.standing == Standing.WITHIN.value)
        .group_by(*_GOODS, sign)
        .having(func.count(func.distinct(_l.operator)) > 1)
        .order_by(func.sum(_l.gross).desc(), *_GOODS)
        .limit(SPLITS_MAX)
        .subquery()
    )
    same = [found.c[column.name] == column for column in _GOODS]
    rows = connection.execute(
        select(found, _l.operator, _l.difference, _items.c.base_unit)
        .join(accuracy_lines, (_l.site == asked.site) & (_l.differing > 0) & (sign == found.c.sign) & _all(same))
        .outerjoin(_items, (_items.c.site == asked.site) & (_items.c.item == found.c.item))
        .where(_l.standing == Standing.WITHIN.value)
        .order_by(found.c.gross.desc(), *(found.c[column.name] for column in _GOODS), _l.effective_us)
    ).all()
    together: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in rows:
        together[tuple(row[: len(_GOODS) + 1])].append(row)
    return [_split(of_goods) for of_goods in together.values()]


def _all(conditions: Any) -> Any:
    whole = conditions[0]
    for one in conditions[1:]:
        whole &= one
    return whole


def _split(rows: list[Any]) -> SplitRow:
    first = rows[0]
    return SplitRow(
        day=first.day, place=first.place, item=first.item, people=tuple(sorted({row.operator for row in rows})),
        quantity=sum(row.difference for row in rows), unit=first.base_unit or "", value=int(first.gross) * first.sign,
    )  # fmt: skip
