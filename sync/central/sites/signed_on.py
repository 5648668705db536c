"""Who is signed on: all operators at each device, as the devices tell, and at which others they are."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Text, and_, bindparam, delete, func, literal_column, select, union_all

from scanner_app.domain.people import SHIFT_US
from sync.central.database.among import among
from sync.central.database.bulk import insert_rows
from sync.central.database.prepared import Prepared
from sync.central.database.tables import devices, signed_on
from sync.central.events.sender import Sender
from sync.protocol import SIGNED_ON_MAX, Elsewhere, ExchangeRequest, SignedOn

DEVICES_MAX = 5
"""So many devices of one operator are told to another."""
_Since = dict[str, int]


class Told(NamedTuple):
    """Who is signed on at a device, as it tells; None where it tells nothing."""

    sender: Sender
    people: Sequence[SignedOn] | None

    @property
    def operators(self) -> list[str]:
        return [who.operator for who in self.people or () if who.operator]


class _Seen(NamedTuple):
    """Who was signed on at devices, and at which devices operators are, the newest first."""

    at_devices: dict[str, _Since]
    of_operators: dict[str, list[tuple[str, Elsewhere]]]

    def elsewhere(self, told: Told) -> tuple[Elsewhere, ...]:
        """Other devices at which one of those of a device is signed on; a few of each. The revoked are told nothing."""
        if told.sender.revoked:
            return ()
        others: list[Elsewhere] = []
        for operator in told.operators:
            found = [one for device, one in self.of_operators[operator] if device != told.sender.device]
            others += found[:DEVICES_MAX]
        return tuple(others)


def signed_on_at(request: ExchangeRequest) -> tuple[SignedOn, ...] | None:
    """All who are signed on, as an exchange tells them, in the way of its protocol; None where it tells nothing."""
    if request.signed_on_all is not None:
        return request.signed_on_all[:SIGNED_ON_MAX]
    if request.signed_on is None:
        return None
    return (request.signed_on,) if request.signed_on.operator else ()


def keep_signed_on(connection: Connection, site: str, told: Sequence[Told], now_us: int) -> list[tuple[Elsewhere, ...]]:
    """Keep who is signed on at devices of a site, only what has changed; return for each of ``told`` where else.

    All of it is read by one statement, and by a second one where something has changed.
    """
    said: dict[str, _Since] = {
        one.sender.device: {who.operator: who.since_us for who in one.people if who.operator}
        for one in told
        if one.people is not None
    }
    if not said:
        return [() for _ in told]
    seen = _seen(connection, site, said, now_us)
    changed = sorted(device for device, people in said.items() if people != seen.at_devices.get(device, {}))
    if changed:
        connection.execute(_GONE, {"site": site, "names": changed})
        rows = [(site, device, operator, since_us) for device in changed for operator, since_us in said[device].items()]
        insert_rows(connection, signed_on, rows)
        seen = _seen(connection, site, said, now_us)
    return [seen.elsewhere(one) for one in told]


def _seen(connection: Connection, site: str, said: dict[str, _Since], now_us: int) -> _Seen:
    operators = sorted({operator for people in said.values() for operator in people})
    asked = {"site": site, "names": list(said), "operators": operators, "heard_us": now_us - SHIFT_US}
    seen = _Seen(defaultdict(dict), defaultdict(list))
    for row in sorted(_SEEN.run(connection, asked).all(), key=_rank):
        if row.rank:
            other = Elsewhere(row.operator, row.name, row.since_us, row.pushed_us)
            seen.of_operators[row.operator].append((row.device, other))
        else:
            seen.at_devices[row.device][row.operator] = row.since_us
    return seen


def _rank(row: Any) -> int:
    return int(row.rank)


_OF_DEVICES = (signed_on.c.site == bindparam("site"), among(signed_on.c.device, "names"))
_GONE = delete(signed_on).where(*_OF_DEVICES)
_WHO = (signed_on.c.device, signed_on.c.operator, signed_on.c.since_us)
_NO_NAME, _ZERO = literal_column("''", Text), literal_column("0", BigInteger)
_newest_first = func.row_number().over(
    partition_by=signed_on.c.operator, order_by=(signed_on.c.since_us.desc(), signed_on.c.device)
)
_others = (
    select(*_WHO, devices.c.name, devices.c.pushed_us, _newest_first.label("rank"))
    .join_from(signed_on, devices, and_(devices.c.site == signed_on.c.site, devices.c.device == signed_on.c.device))
    .where(signed_on.c.site == bindparam("site"), among(signed_on.c.operator, "operators"))
    .where(devices.c.revoked.is_(False), devices.c.pushed_us > bindparam("heard_us"))
    .subquery()
)
_SEEN = Prepared(
    union_all(
        select(*_WHO, _NO_NAME.label("name"), _ZERO.label("pushed_us"), _ZERO.label("rank")).where(*_OF_DEVICES),
        select(*_others.c).where(_others.c.rank <= DEVICES_MAX + 1),
    )
)
"""Who is signed on at devices, and behind them (with a rank) at which devices operators are: one of them is itself."""
