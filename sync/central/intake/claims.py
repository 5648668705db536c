"""Claims: under which key each pushed event is kept. Pure. Nobody takes an id before being trusted.

An id belongs to the first event of who may be trusted with it. What may not be trusted has it only as long as nobody
else claims it; then it stands aside, and waits at the desk as before.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scanner_app.domain.events.envelope import Envelope
from sync.central.events.aside import aside
from sync.central.events.decode import Arrival, NotAnEvent, is_same_event
from sync.central.events.reason import Reason
from sync.central.events.sender import Sender
from sync.central.events.stored import NO_WORD, Stored
from sync.protocol import Outcome


class Batch(NamedTuple):
    """Events as a device pushed them, and what can be read of each.

    ``can_renumber``: the device gives an event another number when it hears that this one is taken, and sends it again.
    ``is_set_aside``: the database takes none of them as it is, whoever may be trusted.
    """

    sender: Sender
    payloads: Sequence[bytes]
    arrivals: Sequence[Arrival | NotAnEvent]
    received_us: int
    can_renumber: bool = False
    is_set_aside: bool = False


class Claim(NamedTuple):
    """An event as pushed, and the key under which it is kept: its id, unless that is another's."""

    key: str
    arrival: Arrival
    payload: bytes
    batch: Batch


class Claims(NamedTuple):
    """The claims of every batch, in its order; ``asides`` are keys of them that are no ids.

    Of stored events whose id somebody claims who may be trusted, some are ``set_aside``, under the keys named; others
    are ``replaced``: they are the same event, which somebody else had pushed.
    """

    batches: list[list[Claim | NotAnEvent]]
    asides: set[str]
    set_aside: dict[str, str]
    replaced: set[str]


def is_trusted(envelope: Envelope, sender: Sender) -> bool:
    """Say whether a sender may be trusted with the id of an event."""
    return not sender.revoked and envelope.device == sender.device


def claims_of(batches: Iterable[Batch], stored: Mapping[str, Stored]) -> Claims:
    """Settle who has which id, by the events of these ids that are ``stored``."""
    batches = list(batches)
    owners = _Owners(stored)
    for batch in batches:
        for arrival, payload in _pairs(batch):
            if isinstance(arrival, Arrival) and is_trusted(arrival.envelope, batch.sender):
                owners.trust(arrival.envelope.id, payload, batch.sender)
    claims = [[_claim(owners, *pair, batch) for pair in _pairs(batch)] for batch in batches]
    return Claims(claims, owners.asides, owners.set_aside, owners.replaced)


class _Owners:
    """Which event has an id: one that is stored, that of who may be trusted, or else the first."""

    def __init__(self, stored: Mapping[str, Stored]) -> None:
        self._stored = stored
        self._payloads = {name: kept.payload for name, kept in stored.items()}
        self._trusted: set[str] = set()
        self.asides: set[str] = set()
        self.set_aside: dict[str, str] = {}
        self.replaced: set[str] = set()

    def trust(self, name: str, payload: bytes, sender: Sender) -> None:
        """Give an id to an event of who may be trusted with it, unless it is another such one's."""
        if name in self._trusted:
            return
        self._trusted.add(name)
        kept = self._stored.get(name)
        if kept is None:
            self._payloads[name] = payload
        elif not _is_distrusted(kept):
            return
        elif not _is_same(kept.payload, payload):
            self.set_aside[name], self._payloads[name] = aside(name, kept.payload), payload
        elif _is_anothers(kept, sender) and kept.word == NO_WORD:
            self.replaced.add(name)

    def key(self, name: str, payload: bytes, *, is_trusted: bool) -> str:
        """The key of an event: its id, unless that is another's."""
        owner = self._payloads.setdefault(name, payload)
        if is_trusted or _is_same(owner, payload):
            return name
        key = aside(name, payload)
        self.asides.add(key)
        return key


def _pairs(batch: Batch) -> Iterable[tuple[Arrival | NotAnEvent, bytes]]:
    return zip(batch.arrivals, batch.payloads, strict=True)


def _claim(owners: _Owners, arrival: Arrival | NotAnEvent, payload: bytes, batch: Batch) -> Claim | NotAnEvent:
    if isinstance(arrival, NotAnEvent):
        return arrival
    may = is_trusted(arrival.envelope, batch.sender)
    return Claim(owners.key(arrival.envelope.id, payload, is_trusted=may), arrival, payload, batch)


def _is_same(known: bytes, payload: bytes) -> bool:
    return known == payload or is_same_event(known, payload)


def _is_distrusted(kept: Stored) -> bool:
    """Say whether an event is out of the book because of who pushed it; one that was held has its id for good."""
    return kept.outcome is Outcome.QUARANTINED or (kept.outcome is Outcome.VOID and bool(kept.sender))


def _is_anothers(kept: Stored, sender: Sender) -> bool:
    """Say whether somebody else pushed it; of what an older program has kept, only what a stranger pushed is known."""
    return kept.sender != sender.device if kept.sender else Reason.WRONG_DEVICE in kept.reasons
