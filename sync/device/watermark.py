"""The watermark: the centre's time up to which a device has told everything, as far as it knows.

It never passes the oldest entry of an open script: what was taken there may still be put down, at that time.
"""

import msgspec

from scanner_app.domain.clock import Offset, Stamp
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.settled import last_instant_us
from scanner_app.store.journal import Waiting

_decode = msgspec.json.Decoder(Event).decode


def watermark_us(newest: Waiting | None, waiting: int, open_us: int | None, offset: Offset | None, now: Stamp) -> int:
    """The watermark to send with a batch whose last event is ``newest``; 0 is no promise.

    ``waiting`` counts the events in the outbox, ``open_us`` is the wall clock of the oldest entry not told yet.
    """
    if newest is not None:
        told_us = _instant_us(newest) - 1  # events may share an instant, and the next of them may not be in this batch
    elif offset is None or waiting or offset.at.boot != now.boot:
        return 0
    else:
        told_us = offset.at.wall_us + offset.offset_us + now.monotonic_us - offset.at.monotonic_us
    if open_us is not None:
        told_us = min(told_us, open_us + (offset.offset_us if offset else 0) - 1)
    return max(0, told_us)


def _instant_us(event: Waiting) -> int:
    """An event that cannot be read says nothing of the time; the centre will reject it."""
    try:
        return last_instant_us(_decode(event.payload))
    except msgspec.DecodeError:
        return 0
