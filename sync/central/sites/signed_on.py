"""Who is signed on: all operators at each device, as the devices tell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from sync.central.database.among import among
from sync.central.database.bulk import insert_rows
from sync.central.database.tables import signed_on
from sync.central.events.sender import Sender
from sync.protocol import SIGNED_ON_MAX, ExchangeRequest, SignedOn

_Since = dict[str, int]


def signed_on_at(request: ExchangeRequest) -> tuple[SignedOn, ...] | None:
    """All who are signed on, as an exchange tells them, in the way of its protocol; None where it tells nothing."""
    if request.signed_on_all is not None:
        return request.signed_on_all[:SIGNED_ON_MAX]
    if request.signed_on is None:
        return None
    return (request.signed_on,) if request.signed_on.operator else ()


def keep_signed_on(connection: Connection, site: str, told: Iterable[tuple[Sender, Sequence[SignedOn] | None]]) -> None:
    """Keep who is signed on at devices of a site; only what has changed is written."""
    said: dict[str, _Since] = {
        sender.device: {who.operator: who.since_us for who in people if who.operator}
        for sender, people in told
        if people is not None
    }
    if not said:
        return
    known: dict[str, _Since] = defaultdict(dict)
    for device, operator, since_us in connection.execute(_KNOWN, {"site": site, "names": list(said)}).all():
        known[device][operator] = since_us
    changed = sorted(device for device, people in said.items() if people != known[device])
    if not changed:
        return
    connection.execute(_GONE, {"site": site, "names": changed})
    rows = [(site, device, operator, since_us) for device in changed for operator, since_us in said[device].items()]
    insert_rows(connection, signed_on, rows)


_OF_DEVICES = (signed_on.c.site == bindparam("site"), among(signed_on.c.device, "names"))
_KNOWN = select(signed_on.c.device, signed_on.c.operator, signed_on.c.since_us).where(*_OF_DEVICES)
_GONE = delete(signed_on).where(*_OF_DEVICES)
