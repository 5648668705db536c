"""A sentence that is said: by its key, with what fills it and how it is meant."""

from msgspec import Struct


class Said(Struct, frozen=True):
    """A sentence by its key, with what fills it and how it is meant (a tone of the view)."""

    key: str
    tone: str
    arguments: dict[str, str] = {}
