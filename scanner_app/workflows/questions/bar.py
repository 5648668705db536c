"""A bar: locked out by too many wrong PINs, so that none is looked at for a while."""

from msgspec import Struct

from scanner_app.domain.clock import in_words
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.judgement import Refused, refused

UNTIL = "until_us"
"""The argument of a sentence that says until when to wait, for a screen that counts down."""


class Bar(Struct, frozen=True):
    """No PIN is looked at for so long, until a moment of the wall clock, or (locked) until the centre was reached."""

    wait_s: int = 0
    is_locked: bool = False
    until_us: int = 0

    def refusal(self) -> Refused:
        """Too many wrong PINs, said with how long."""
        return (
            refused(say.BARRED)
            if self.is_locked
            else refused(say.WAIT, wait=in_words(self.wait_s), **{UNTIL: str(self.until_us)})
        )
