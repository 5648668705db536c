"""Counts that have changed: noted as batches come, so that whoever makes figures of counts looks at those alone."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from sync.central.database.bulk import insert_rows
from sync.central.database.tables import count_changes

_c = count_changes.c


class Noted(NamedTuple):
    """The ``counts`` noted up to ``number``."""

    counts: Sequence[str]
    number: int


def note_changes(connection: Connection, site: str, number: int, counts: Collection[str]) -> None:
    """Note counts of which a batch has changed something; ``number`` is how many events the site has kept with it."""
    insert_rows(connection, count_changes, [(site, number, count) for count in sorted(counts)])


def noted_after(connection: Connection, site: str, number: int, counts_max: int) -> Noted:
    """The counts noted behind a number, about so many of them: all of each number, but for those of a large one."""
    wanted = select(_c.number, _c.count_id).where(_c.site == site, _c.number > number)
    rows = connection.execute(wanted.order_by(_c.number, _c.count_id).limit(counts_max + 1)).all()
    if len(rows) <= counts_max:
        return Noted(sorted({row.count_id for row in rows}), rows[-1].number if rows else number)
    whole = [row for row in rows if row.number < rows[-1].number]
    if whole:
        return Noted(sorted({row.count_id for row in whole}), whole[-1].number)
    first = rows[0].number
    of_one = select(_c.count_id).where(_c.site == site, _c.number == first)
    return Noted(connection.execute(of_one.order_by(_c.count_id)).scalars().all(), first)


def forget_changes(connection: Connection, site: str, number: int) -> None:
    """Forget what was noted up to a number."""
    connection.execute(delete(count_changes).where(_c.site == site, _c.number <= number))
