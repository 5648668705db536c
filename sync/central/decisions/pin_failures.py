"""PIN failures: wrong PINs in a row of each person, as the centre counts them; they cost time as at a device.

A lock of many is lifted by a new PIN, which somebody else gives, or an administrator.
"""

from sqlalchemy import Connection, bindparam, delete, select

from scanner_app.domain.clock import Stamp
from scanner_app.domain.desk.replies import Refused, Why
from scanner_app.domain.lockout import OF_OPERATOR, Failures, failed, is_locked, wait_s
from sync.central.database.bulk import upsert_rows
from sync.central.database.tables import pin_failures

_OF = (pin_failures.c.site == bindparam("of_site"), pin_failures.c.person == bindparam("of_person"))
_FAILURES = select(pin_failures.c.failures, pin_failures.c.at_us).where(*_OF)
_FORGET = delete(pin_failures).where(*_OF)


def at_centre(now_us: int) -> Stamp:
    """The centre's clock as a stamp: it has one, however often it starts."""
    return Stamp(now_us, now_us, "centre")


def failures_of(connection: Connection, site: str, person: str) -> Failures | None:
    """How many wrong PINs of a person there were in a row."""
    row = connection.execute(_FAILURES, {"of_site": site, "of_person": person}).one_or_none()
    return Failures(row.failures, at_centre(row.at_us)) if row else None


def attempted(connection: Connection, site: str, person: str, now_us: int) -> Refused | None:
    """Count a PIN that is about to be looked at as a wrong one; say so where none is looked at now.

    The caller has the site's counters locked, so that no two are counted as one.
    """
    before, now = failures_of(connection, site, person), at_centre(now_us)
    if is_locked(before, OF_OPERATOR):
        return Refused(why=Why.TOO_MANY_PINS)
    if waits_s := wait_s(before, OF_OPERATOR, now):
        return Refused(why=Why.TOO_MANY_PINS, again_us=waits_s * 1_000_000)
    upsert_rows(connection, pin_failures, [(site, person, failed(before, now).count, now_us)])
    return None


def forget(connection: Connection, site: str, person: str) -> None:
    """A right PIN, and a new one, forget the wrong ones."""
    connection.execute(_FORGET, {"of_site": site, "of_person": person})
