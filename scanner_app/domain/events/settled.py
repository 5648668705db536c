"""Settling an event: its times, by the device's wall clock, become instants of the centre's clock."""

from msgspec.structs import replace

from scanner_app.domain.clock import Offset, Stamp, settled
from scanner_app.domain.events.event import Event


def settle(event: Event, offset: Offset, not_before_us: int) -> Event:
    """Give an event the device's clock offset; see :func:`scanner_app.domain.clock.settled`.

    What had to be set back, as the wall clock was between two scans, is doubt.
    """
    fact, set_back_us = event.fact.in_order()
    stamp = Stamp(event.wall_us, event.monotonic_us, event.boot)
    shift_us, doubt_us = settled(stamp, offset, fact.last_us, not_before_us)
    return replace(event, offset_us=shift_us, uncertainty_us=doubt_us + set_back_us, fact=fact)


def last_instant_us(event: Event) -> int:
    """The settled time of the event's last scan."""
    return event.fact.last_us + event.offset_us
