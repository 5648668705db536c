"""Administration: what is ordered at the centre itself, such as invitations for devices and tokens for readers."""

from sqlalchemy import Connection

from scanner_app.errors import CentralError
from sync.central.book.counters import shared_counters
from sync.central.database.repeatable import ordered
from sync.central.database.store import CentralStore
from sync.central.sites import devices, enrolling, read_tokens
from sync.central.sites.store_status import names_of_sites


def invite(
    store: CentralStore, site: str, now_us: int, life_s: int = enrolling.CODE_LIFE_S, *, again: str = "",
    sessions: int = 1,
) -> str:  # fmt: skip
    """Return a one-time enrolment code for a new device of ``site``, of so many sessions; it is shown this once.

    With ``again``, the name or the id of a device that the site has, it is for that one.

    Raises:
        CentralError: there is no such site, or no such device.
    """

    def make(connection: Connection) -> str:
        _refuse_unknown(connection, site)
        device = enrolling.device_named(connection, site, again) if again else ""
        if again and not device:
            raise CentralError(f"Site {site} has no device {again}; `scanner central status` lists those it has.")
        return enrolling.invited(connection, site, now_us, life_s, device=device, sessions=sessions)

    return ordered(store, make)


def revoke_device(store: CentralStore, site: str, device: str) -> None:
    """Distrust a device from now on; what it pushes is kept in quarantine.

    Raises:
        CentralError: the site has no such device.
    """

    def make(connection: Connection) -> bool:
        shared_counters(connection, site)
        return devices.revoke(connection, site, device)

    if not ordered(store, make):
        raise CentralError(f"Site {site} has no device {device}.")


def read_token(store: CentralStore, site: str, name: str, now_us: int) -> str:
    """Return a token with which ``name`` reads the postings of ``site``; it is shown now and never again.

    Raises:
        CentralError: there is no such site.
    """

    def make(connection: Connection) -> str:
        _refuse_unknown(connection, site)
        return read_tokens.given(connection, site, name, now_us)

    return ordered(store, make)


def withdraw_token(store: CentralStore, site: str, name: str) -> None:
    """Make the token of a reader void.

    Raises:
        CentralError: the site has no such reader.
    """

    def make(connection: Connection) -> bool:
        shared_counters(connection, site)
        return read_tokens.withdrawn(connection, site, name)

    if not ordered(store, make):
        raise CentralError(f"Site {site} has no reader {name}.")


def _refuse_unknown(connection: Connection, site: str) -> None:
    """Refuse a site that there is not; of one that there is, take the counters first, as whoever writes does."""
    if site not in names_of_sites(connection):
        raise CentralError(f"There is no site {site}; import its sites.csv first.")
    shared_counters(connection, site)
