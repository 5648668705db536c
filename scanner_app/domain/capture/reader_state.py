"""The state of a reader, as it tells it itself: ready, missing or refused, and why."""

from enum import StrEnum

from msgspec import Struct


class ReaderState(StrEnum):
    """READY reads; MISSING comes back by itself; REFUSED waits for somebody to mend something, and is tried again."""

    READY = "ready"
    MISSING = "missing"
    REFUSED = "refused"


class ReaderWhy(StrEnum):
    """What stands in the way, or what is wrong with what comes; an operator has a sentence for each."""

    NOTHING = ""
    GONE = "gone"
    NOT_ALLOWED = "not_allowed"
    IN_USE = "in_use"
    ALIKE = "alike"
    """Two devices are what the configuration names: neither is taken."""
    MODEM = "modem"
    NO_DRIVER = "no_driver"
    """It is plugged in, and the kernel makes no such device of it."""
    NO_PORT = "no_port"
    """What is there cannot be set up as the configuration wants: no serial port, a speed that it does not know."""
    NOISE = "noise"
    """So many bytes come spoilt that its speed, bits or parity are others."""
    UNENDED = "unended"
    ADDRESS = "address"
    """Somebody else has the address, or it is none of this machine's."""

    DEAF = "deaf"
    """It reads, and takes no answers: they were dropped."""


_READS = frozenset({ReaderWhy.NOTHING, ReaderWhy.NOISE, ReaderWhy.UNENDED, ReaderWhy.DEAF})


def state_of(why: ReaderWhy) -> ReaderState:
    """The state in which a reader is for a reason; with noise, without ends or deaf it reads all the same."""
    if why in _READS:
        return ReaderState.READY
    return ReaderState.MISSING if why is ReaderWhy.GONE else ReaderState.REFUSED


class ReaderTold(Struct, frozen=True):
    """What a reader says of itself; ``detail`` is for whoever mends it: the device, the error of the system."""

    reader: str
    state: ReaderState
    why: ReaderWhy = ReaderWhy.NOTHING
    detail: str = ""
