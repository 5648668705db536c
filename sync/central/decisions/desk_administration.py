"""Administration of devices and people: the lists of the desk and its orders, at the centre itself."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection

from scanner_app.domain.desk.asks import AskCases, AskDevices, AskPeople, Order
from scanner_app.domain.desk.case import Case, Opened
from scanner_app.domain.desk.replies import CasesPage, DeviceRow, Done, PersonRow, Refused, Why
from scanner_app.domain.people import CENTRE, Operator
from scanner_app.errors import CentralError
from sync.central.database.repeatable import ordered
from sync.central.database.store import CentralStore
from sync.central.decisions.asker import Asker
from sync.central.decisions.case_list import cases_page
from sync.central.decisions.device_list import devices_page
from sync.central.decisions.orders.author import at_the_centre
from sync.central.decisions.orders.carrying_out import carried_out
from sync.central.decisions.people_list import people_page
from sync.central.decisions.sources.kinds import BY_KIND
from sync.central.decisions.sources.one_case import opened_case
from sync.central.sites.enrolling import device_named
from sync.central.sites.store_status import names_of_sites

_REFUSALS: dict[str, str] = {
    Why.OWN: "Nobody orders that of their own.",
    Why.UNKNOWN_SUBJECT: "Site {site} has no {what} {subject}, or it is out of use.",
    Why.NAME_TAKEN: "Another device of site {site} is called so: {by}.",
    Why.NOT_UNDERSTOOD: "That cannot be: a name of a device has 1 to 60 printable characters.",
}


def site_meant(store: CentralStore, site: str) -> str:
    """The site that is meant: the one that is named, or the only one.

    Raises:
        CentralError: there is no such site, or none is named and there are several.
    """
    known = sorted(store.read(names_of_sites))
    if site in known:
        return site
    if site:
        raise CentralError(f"There is no site {site}; import its sites.csv first.")
    if len(known) != 1:
        raise CentralError(f"Name the site with --site: {', '.join(known) or 'there is none yet'}.")
    return known[0]


def device_meant(store: CentralStore, site: str, device: str) -> str:
    """The id of the device that is meant by its id or its name.

    Raises:
        CentralError: the site has no such device.
    """
    found = store.read(lambda connection: device_named(connection, site, device))
    if not found:
        raise CentralError(f"Site {site} has no device {device}; 'central devices' lists those it has.")
    return found


def new_order_id() -> str:
    """The id of an order that is given here."""
    return secrets.token_hex(16)


def order(store: CentralStore, site: str, given: Order, now_us: int) -> Done | None:
    """Carry out what the administrator orders; None where it is so already.

    Raises:
        CentralError: it cannot be, and why.
    """
    reply = ordered(store, lambda connection: carried_out(connection, at_the_centre(site), given, now_us))
    if isinstance(reply, Done):
        return reply
    if reply.why == Why.ALREADY:
        return None
    raise CentralError(_sentence(site, given, reply))


def _sentence(site: str, given: Any, refused: Refused) -> str:
    subject = getattr(given, "device", "") or getattr(given, "operator", "")
    what = "device" if hasattr(given, "device") else "operator"
    text = _REFUSALS.get(refused.why, "It was refused: {why}.")
    return text.format(site=site, what=what, subject=subject, by=refused.by, why=refused.why)


def devices(store: CentralStore, site: str, now_us: int) -> Iterator[DeviceRow]:
    """Every device of a site, by their names."""

    def page(connection: Connection, after: str) -> tuple[tuple[DeviceRow, ...], str]:
        found = devices_page(connection, site, AskDevices(after=after), now_us)
        return found.devices, found.after

    return _every(store, page)


def people(store: CentralStore, site: str, now_us: int) -> Iterator[PersonRow]:
    """Every operator of a site, by their numbers."""

    def page(connection: Connection, after: str) -> tuple[tuple[PersonRow, ...], str]:
        found = people_page(connection, site, AskPeople(after=after), now_us)
        return found.people, found.after

    return _every(store, page)


def cases(store: CentralStore, site: str, ask: AskCases, now_us: int) -> Iterator[Case]:
    """Every case of a site that passes the filters, the largest value first."""

    def page(connection: Connection, after: str) -> tuple[tuple[Case, ...], str]:
        asked = AskCases(kind=ask.kind, zone=ask.zone, person=ask.person, before_us=ask.before_us, after=after)
        found = cases_page(connection, _administrator(site), asked, now_us)
        return (found.cases, found.after) if isinstance(found, CasesPage) else ((), "")

    return _every(store, page)


def case(store: CentralStore, site: str, name: str) -> Opened:
    """A case of whatever kind, opened.

    Raises:
        CentralError: no case that waits has this id.
    """

    def look(connection: Connection) -> Opened | None:
        opened = (opened_case(connection, _administrator(site), source, name) for source in BY_KIND.values())
        return next((one for one in opened if one is not None), None)

    found = store.read(look)
    if found is None:
        raise CentralError(f"Nothing that waits at site {site} has the id {name}; 'central events' lists what does.")
    return found


def _administrator(site: str) -> Asker:
    """Who looks at the centre itself: nobody's own."""
    return Asker(site, CENTRE, Operator(CENTRE, CENTRE, "", ""))


def _every(store: CentralStore, page: Callable[[Connection, str], tuple[tuple[Any, ...], str]]) -> Iterator[Any]:
    after = ""
    while True:
        rows, after = store.read(lambda connection: page(connection, after))  # noqa: B023  it is called at once
        yield from rows
        if not after:
            return
