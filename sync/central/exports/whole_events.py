"""Events as a listing, each with all that its device sent, byte for byte."""

import msgspec
from sqlalchemy import select

from sync.central.database.tables import events
from sync.central.exports.listing import Listing, Row


def _shown(row: Row) -> Row:
    row["reasons"] = row["reasons"].split()
    row["event"] = msgspec.Raw(row.pop("payload"))
    return row


WHOLE_EVENTS = Listing(
    select(*events.c).order_by(events.c.site, events.c.received_us, events.c.device, events.c.sequence),
    _shown,
    renamed={"payload": "event"},
    fits_sheet=False,
)
