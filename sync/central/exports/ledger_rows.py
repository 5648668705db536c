"""The ledger as a listing: each row with its date for finance (moved, or its own day), and of which count it is."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from scanner_app.domain.bounds import is_instant_believed
from scanner_app.domain.calendar import Calendar
from sync.central.connectors.rows_of_claims import NAMES_OF_CLAIM, OF_CLAIM, with_claims
from sync.central.database.tables import ledger
from sync.central.exports.listing import Listing, Row
from sync.central.exports.stock_on_hand import shown_quantity
from sync.central.sites.calendar import calendar_of


def _shown(row: Row) -> Row:
    row["hash"] = bytes(row["hash"]).hex()
    row |= {name: row[name] or "" for name in NAMES_OF_CLAIM}
    return shown_quantity(row)


def _with_booking_dates(connection: Connection, rows: Iterator[Row]) -> Iterator[Row]:
    calendars: dict[str, Calendar] = {}
    for row in rows:
        site = row["site"]
        if site not in calendars:
            calendars[site] = calendar_of(connection, site)
        yield row | {"booking_date": row["booked"] or _day(calendars[site], row["effective_us"])}


def _day(calendar: Calendar, effective_us: int) -> str:
    """The day of an instant; empty where no calendar shows it, as older programs have booked some."""
    return calendar.day_of(effective_us).isoformat() if is_instant_believed(effective_us) else ""


LEDGER_ROWS = Listing(
    select(*ledger.c, *OF_CLAIM).select_from(with_claims(ledger)).order_by(ledger.c.site, ledger.c.recorded),
    _shown,
    completed=_with_booking_dates,
    added=("booking_date",),
)
