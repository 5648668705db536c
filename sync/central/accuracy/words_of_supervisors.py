"""Who checks the checkers: what supervisors said of whose counts, and quantities that came in parts."""

from typing import Any

from sqlalchemy import Connection, case, func, select

from scanner_app.domain.desk.accuracy_asks import ROWS_MAX, AskCheckers
from scanner_app.domain.desk.accuracy_replies import CheckerRow, CheckersPage
from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.events.decided import Word
from sync.central.accuracy.asked_for import AskedPart, PartWanted, wanted
from sync.central.accuracy.figures_made import calendar_of_figures
from sync.central.accuracy.splits import splits
from sync.central.database.tables import accuracy_lines, words

OTHER = "other"
"""The reason that says nothing."""
_l, _w = accuracy_lines.c, words.c


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
    first_us, end_us = asked.period.instants_us(calendar_of_figures(connection, asked.site))
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
