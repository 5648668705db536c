"""What a device of the simulation has made, as it stands in its journal."""

from typing import NamedTuple

import msgspec

from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.settled import last_instant_us

_decode = msgspec.json.Decoder(Event).decode


class Made(NamedTuple):
    """An event as it stands in a journal; the instants of its legs are settled."""

    id: str
    epoch: int
    sequence: int
    outcome: str
    is_settled: bool
    first_us: int
    last_us: int
    has_legs: bool
    undoes: str
    is_word: bool


def made_of(outcome: str, is_settled: bool, payload: bytes) -> Made:
    event = _decode(payload)
    legs, last_us = event.fact.legs, last_instant_us(event)
    first_us = legs[0].wall_us + event.offset_us if legs else last_us
    return Made(
        event.id,
        event.epoch,
        event.sequence,
        outcome,
        is_settled,
        first_us,
        last_us,
        bool(legs),
        event.fact.undoes,
        isinstance(event.fact, Decided),
    )
