"""A check: one thing that the doctor looked at, and what was found."""

from enum import Enum

from msgspec import Struct


class Finding(Enum):
    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


class Check(Struct, frozen=True):
    """One thing looked at; the sentence says what to do unless it is well."""

    name: str
    finding: Finding
    sentence: str
