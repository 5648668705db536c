"""The laws that hold after every run: of the book, of each device's journal and stock, and between the two."""

from collections import Counter

from scanner_app.domain.events.fact import KINDS_WITH_LEGS
from sync.protocol import Outcome
from tests.sync.simulated.centre import WORKER, Centre, SaidWord
from tests.sync.simulated.device import Device
from tests.sync.simulated.made import Made

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
    numbers = Counter(events[name][:3] for name in posted if not events[name].is_let_in)
    law(all(count == 1 for count in numbers.values()), "a number belongs to one event", numbers)


def check_words(centre: Centre) -> None:
    """Each word that is in the book is judged once, without gaps; what they come to is what became of their events."""
    events, words = centre.events(), centre.words()
    law([one.number for one in words] == list(range(1, len(words) + 1)), "words are numbered without gaps", words)
    once = Counter((one.event, one.subject) for one in words)
    law(all(count == 1 for count in once.values()), "a word is judged once", once)
    saying = {name for name, known in events.items() if known.kind == "decided" and known.outcome.is_booked}
    law({one.event for one in words} == saying, "what is in the book has said its words", saying, words)
    for name, known in events.items():
        valid = [one for one in words if one.subject == name and not one.why]
        folded = fold(valid)
        is_so = folded is None or folded in (known.outcome, Outcome.QUARANTINED)
        law(is_so, "an event is what its words make of it", name, known, valid)


def fold(valid: list[SaidWord]) -> Outcome | None:
    """What valid words make of an event, from the first on; None without any. A device may yet bring its own itself."""
    now = valid[0].before if valid else None
    for one in valid:
        let_in = one.after if one.word == "let_in" and one.after is not Outcome.QUARANTINED else None
        after = {"seen": now, "void": Outcome.VOID, "release": Outcome.EXCEPTIONS, "withdraw": valid[0].before}
        now = after.get(one.word, let_in)
    return now


def check_heard(centre: Centre, device: Device) -> None:
    """All that came back to a device, or to who is signed on there, has come; nothing else has."""
    name, people = device.enrolment.device, device.people
    wanted = {one.number for one in centre.backs() if one.device == name or one.operator in people}
    law(wanted == device.heard, "what came back is heard, each once", device.name, wanted, device.heard)


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
        is_strange = events[one.id].device != device.enrolment.device
        is_told = not is_strange or WORKER in device.people
        is_same = one.outcome == events[one.id].outcome.value
        law(is_same or not is_told, "both say the same of an event", one, events[one.id])
        law(
            one.outcome != Outcome.QUARANTINED or is_strange or device.was_revoked,
            "only strangers are quarantined",
            device.name,
            one,
        )
        is_out = Outcome(one.outcome) in (Outcome.QUARANTINED, Outcome.HELD, Outcome.VOID)
        is_booked = one.id in causes or is_out or not one.has_legs
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
