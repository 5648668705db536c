"""The envelope of an event: who, where and when, around a fact that may be of a kind newer than this program.

The centre decodes it before the fact, and keeps a kind that it does not know as *held*.
"""

import msgspec
from msgspec import Struct

SCHEMA = 1
"""Version of the envelope and of the facts written by this program."""


class Envelope(Struct, frozen=True, kw_only=True):
    """What every event carries, its fact still undecoded.

    ``id`` is a UUIDv7 made and stored before sending. (``device``, ``epoch``, ``sequence``) has no gaps; the epoch
    changes when a device is enrolled again, restored or cloned. ``entry`` is the entry that made the event, unique in
    the device's log. ``offset_us`` and ``uncertainty_us`` are settled before the first push and never change after.
    ``typed`` holds a reason for each code that was typed where a label was to be scanned; it is left out without any.
    """

    id: str
    device: str
    epoch: int
    sequence: int
    entry: int
    site: str
    operator: str
    wall_us: int
    monotonic_us: int
    boot: str
    program: str
    schema: int = SCHEMA
    offset_us: int = 0
    uncertainty_us: int = 0
    signature: str = ""
    typed: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    fact: msgspec.Raw = msgspec.Raw(b"null")


class _Kind(Struct):
    kind: str = ""


def kind_of(envelope: Envelope) -> str:
    """Name the kind of an undecoded fact; empty when there is none.

    Raises:
        msgspec.DecodeError: the fact is not an object with a text ``kind``.
    """
    return _kind.decode(envelope.fact).kind


_kind = msgspec.json.Decoder(_Kind)
