"""A profile: the bytes by which the guns of one family are answered, and how long they wait for them."""

from msgspec import Struct

from scanner_app.domain.capture.answered import Answered

TAKEN_OUT_AT = 0.8
"""The part of a gun's patience after which nothing new is begun for it: what is left is for the way."""


class Profile(Struct, frozen=True):
    """``free`` unlocks a gun that waits for an answer that it will not get. ``patience_s`` 0: it does not wait.

    ``again`` is for a code that is sent once more, although it was answered: it was not heard.
    """

    good: bytes
    attention: bytes
    bad: bytes
    free: bytes = b""
    patience_s: float = 0.0
    again: bytes = b""

    def bytes_of(self, answered: Answered) -> bytes:
        return {Answered.GOOD: self.good, Answered.ATTENTION: self.attention, Answered.BAD: self.bad}[answered]

    @property
    def taken_out_s(self) -> float | None:
        """When an entry that has not been begun is taken out; None: never."""
        return self.patience_s * TAKEN_OUT_AT or None
