"""The laws that hold after every run: of the book, of each device's journal and stock, and between the two."""

from collections import Counter

from scanner_app.domain.events.fact import KINDS_WITH_LEGS
from sync.protocol import Outcome
from tests.sync.simulated.centre import Centre
from tests.sync.simulated.device import Device, Made

ROWS_PER_EVENT = 4


class BrokenLawError(AssertionError):
    """A law does not hold."""


def law(holds: bool, name: str, *about: object) -> None:
    """Demand that a law holds."""
    if not holds:
        raise BrokenLawError(f"{name}: {', '.join(map(str, about))}")


def check_book(centre: Centre) -> None:
    """Everything that the centre can check by itself, and each event once."""
    found = centre.findings()
    law(not found, "the book is sound", *found)
    causes, events = centre.causes(), centre.events()
    law(all(rows == ROWS_PER_EVENT for rows in causes.values()), "each event is in the ledger once", causes)
    posted = {name for name, known in events.items() if known.outcome.counts_as_stock}
    with_legs = {name for name in posted if events[name].kind in KINDS_WITH_LEGS}
    law(with_legs <= set(causes) <= posted, "what is posted is in the ledger, and nothing else", posted ^ set(causes))
    numbers = Counter(events[name][:3] for name in posted)
    law(all(count == 1 for count in numbers.values()), "a number belongs to one event", numbers)


def check_drained(centre: Centre, device: Device) -> None:
    """Of a device that has told everything and heard everything."""
    law(device.waiting == 0, "the outbox drains", device.name, device.waiting)
    law(device.overlay() == 0, "the overlay is empty", device.name, device.overlay())
    law(not device.rushed, "a busy centre is left alone for as long as it asks", device.name, device.rushed)
    mine, theirs = device.on_hand(), centre.stock()
    law(mine == theirs, "the device's stock is the centre's", device.name, mine, theirs)


def check_journal(centre: Centre, device: Device) -> None:
    """What the device was told is so; what it made is booked, be it in a copy; its time ran forward."""
    events, causes = centre.events(), centre.causes()
    made = device.made()
    for one in made:
        law(one.id in events, "what is acknowledged is in the store", device.name, one)
        law(one.outcome == events[one.id].outcome.value, "both say the same of an event", one, events[one.id])
        is_strange = events[one.id].device != device.enrolment.device
        law(one.outcome != Outcome.QUARANTINED or is_strange, "only strangers are quarantined", device.name, one)
        is_booked = one.id in causes or one.outcome == Outcome.QUARANTINED or not one.has_legs
        law(is_booked, "what was made is booked", device.name, one)
    if not device.has_taken_over:
        check_times(made)


def check_times(made: list[Made]) -> None:
    """Settled times never run backwards within a journal, and what is not settled comes last."""
    last_us, is_settled = 0, True
    for one in made:
        law(is_settled or not one.is_settled, "events are settled in their order", one)
        is_settled = one.is_settled
        if is_settled:
            law(last_us <= one.last_us, "settled times run forward", last_us, one)
            law(one.first_us <= one.last_us, "the legs of an event run forward", one)
            last_us = one.last_us


def check_watermark(centre: Centre, device: Device) -> None:
    """Right after an exchange: no hole in the device's events below what it has told the centre."""
    told_us, events = centre.watermark_us(device.enrolment.device), centre.events()
    holes = [one for one in device.made() if one.is_settled and one.last_us <= told_us and one.id not in events]
    law(not holes, "no hole below the watermark", device.name, told_us, *holes)
