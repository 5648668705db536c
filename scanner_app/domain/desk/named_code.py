"""A named code: what a code that nobody knew is, as somebody said."""

from msgspec import Struct


class NamedCode(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The ``code`` of an ``event`` is ``item``, ``quantity`` micro-units of it; in its ``unit``, where that is told."""

    code: str
    item: str
    event: str = ""
    unit: str = ""
    quantity: int = 0
