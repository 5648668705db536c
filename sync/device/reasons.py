"""Why the centre is not reached, as a sentence for whoever looks at the status."""

from scanner_app.errors import BusyError, LinkError, OutdatedError, RefusedError, ScannerError, StrangerError
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift import status_phrases as say

_REASONS: tuple[tuple[type[ScannerError], Phrase], ...] = (
    (OutdatedError, say.IS_OUTDATED),
    (RefusedError, say.IS_REFUSED),
    (BusyError, say.IS_BUSY),
    (StrangerError, say.IS_STRANGE),
    (LinkError, say.OUT_OF_REACH),
)
"""The more particular first."""


def reason_of(error: BaseException) -> Said:
    """What to tell of an exchange that failed."""
    phrase = next((phrase for kind, phrase in _REASONS if isinstance(error, kind)), say.HAS_FAILED)
    return Said(phrase.key, "bad")
