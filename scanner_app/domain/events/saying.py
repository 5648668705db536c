"""A saying: one word on one subject, as a fact says it; the centre numbers it and judges it once."""

from msgspec import Struct

IDENTIFY = "identify"
"""The word of whoever says what an unknown code is."""


class Subject(Struct, frozen=True, array_like=True):
    """What a word is about, as its author saw it.

    ``version`` is the one that was shown, ``seen`` the number of the last word on it (0: none), ``amount`` the
    micro-units (0 where there are none). A closing's id is that of its event.
    """

    kind: str
    id: str
    version: str = ""
    seen: int = 0
    amount: int = 0


class Naming(Struct, frozen=True):
    """The unknown ``code`` is ``item``, in its ``unit`` (empty: its base unit)."""

    code: str
    item: str
    unit: str = ""


class Saying(Struct, frozen=True):
    """``word`` on ``subject``, why (``reason``, ``note``), and what a code is called where that is said."""

    word: str
    subject: Subject
    reason: str = ""
    note: str = ""
    naming: Naming | None = None
