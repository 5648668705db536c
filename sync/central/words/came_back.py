"""What came back to devices and workers: written in the transaction of a word, read page by page by exchanges."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, or_, select, update

from scanner_app.domain.events.line import Line
from sync.central.database.among import among
from sync.central.database.bulk import insert_rows
from sync.central.database.tables import came_back, counters
from sync.central.events.decode import Arrival
from sync.central.events.sender import Sender
from sync.protocol import BACK_MAX, Back, Outcome

LIFE_US = 30 * 24 * 3600 * 1_000_000
"""What came back is carried for so long."""
_NAMES = (
    "number", "event", "operator", "device", "outcome", "reasons", "by", "when_us", "version", "subject", "subjects",
    "place", "item", "quantity", "happened_us", "is_told",
)  # fmt: skip


class BackPage(NamedTuple):
    """What came back, and where the next page starts."""

    rows: tuple[Back, ...] = ()
    cursor: int = 0


def keep_back(connection: Connection, site: str, backs: Iterable[tuple[Back, str]]) -> None:
    """Keep what came back, each with the person to whom it did."""
    insert_rows(connection, came_back, [_row(site, back, person) for back, person in backs])


def _row(site: str, back: Back, person: str) -> tuple[Any, ...]:
    whose = (back.event, back.operator, person, back.device, back.outcome.value, " ".join(back.reasons), back.by)
    what = (back.subject, back.subjects, back.place, back.item, back.quantity, back.happened_us, back.is_told)
    return (site, back.number, *whose, back.when_us, back.version, *what)


_whose = or_(came_back.c.device == bindparam("of_device"), among(came_back.c.person, "persons"))
_PAGE = (
    select(*(came_back.c[name] for name in _NAMES))
    .where(came_back.c.site == bindparam("of_site"), came_back.c.number > bindparam("after"), _whose)
    .where(came_back.c.when_us > bindparam("since_us"))
    .order_by(came_back.c.number)
    .limit(BACK_MAX + 1)
)
_LAST = select(counters.c.back).where(counters.c.site == bindparam("of_site"))


def back_after(connection: Connection, sender: Sender, persons: Collection[str], after: int, now_us: int) -> BackPage:
    """What came back to a device, or to ``persons`` wherever they were, behind number ``after``."""
    last: int = connection.execute(_LAST, {"of_site": sender.site}).scalar() or 0
    if after == last:
        return BackPage((), last)
    asked = {"of_site": sender.site, "of_device": sender.device, "persons": list(persons), "after": after}
    rows = connection.execute(_PAGE, {**asked, "since_us": now_us - LIFE_US}).all()
    backs = tuple(_back(row) for row in rows[:BACK_MAX])
    return BackPage(backs, backs[-1].number if len(rows) > BACK_MAX else last)


def _back(row: Any) -> Back:
    cells = {**row._mapping, "outcome": Outcome(row.outcome), "reasons": tuple(row.reasons.split())}
    return Back(**{**cells, "is_told": bool(row.is_told)})


def keep_told(connection: Connection, sender: Sender, operators: Collection[str], told: Sequence[int]) -> None:
    """Note what the ``operators`` of a device have read: what came back to it, or to one of them."""
    if told:
        whose = or_(came_back.c.device == sender.device, came_back.c.operator.in_(operators))
        numbered = (came_back.c.site == sender.site, came_back.c.number.in_(told))
        connection.execute(update(came_back).where(*numbered, whose).values(is_told=True))


def about_event(back: Back, about: Arrival | None) -> Back:
    """What came back, with a few words of the event that it is ``about``."""
    if about is None:
        return back
    fact, offset_us = about.fact, about.envelope.offset_us
    if fact is None:
        return replace(back, happened_us=about.envelope.wall_us + offset_us)
    back = replace(back, happened_us=fact.last_us + offset_us)
    if stand := fact.stand:
        return replace(back, place=stand.place, item=stand.plate)
    if line := fact.line:
        return replace(back, place=line.key.place, item=_called(line), quantity=line.quantity)
    for leg in fact.legs[:1]:
        return replace(back, place=leg.source.place, item=leg.source.item, quantity=leg.quantity)
    return replace(back, place=next(iter(fact.places), ""), item=next(iter(fact.items), ""))


def _called(line: Line) -> str:
    """What was counted, as its worker knows it: by the code that nobody knew, and what somebody says that it is."""
    named = line.key.item if line.key.item != line.code else ""
    return " ".join(filter(None, (f"?{line.code}" if line.code else "", named)))
