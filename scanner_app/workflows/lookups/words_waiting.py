"""The look-up of words that were said here and that the centre has not judged yet."""

from msgspec import Struct

from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import PLACE


class Spoken(Struct, frozen=True, tag="spoken"):
    """The ids of what they are about; ``hidden`` are places of which whoever asks is told nothing: they count there."""

    ids: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


class WordsWaiting(Look, frozen=True, tag="words_waiting"):
    """Look up what was decided on this device and is still on its way: a list that the centre makes now has it yet."""

    def examples(self) -> Examples:
        return ("", Spoken()), ("counts somewhere", Spoken(hidden=(PLACE,)))
