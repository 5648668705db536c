"""What was decided: words that were said within a day, each of which may be taken back."""

from msgspec import Struct

from scanner_app.domain.desk.case import Case
from scanner_app.domain.events.decided import Word

TAKEN_BACK = frozenset({Word.ACCEPT, Word.REJECT, Word.SEEN, Word.VOID})
"""Words that may be taken back at a terminal; of what others have booked the event itself never happened."""


class AskDecided(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="decided"):
    """A page of the words of a day that rule, the newest first: one's own, or (``of_all``) those of everybody.

    Of each subject it is the last one. ``after`` is where the page before ended. Of places that are ``hidden`` nothing
    is told.
    """

    of_all: bool = False
    after: str = ""
    rows_max: int = 50
    hidden: tuple[str, ...] = ()


class DecidedWord(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A ``word`` that ``by`` said at ``at_us`` on a case; ``case`` holds what another word on it has to name."""

    case: Case
    word: str
    by: str
    at_us: int
    reason: str = ""
    note: str = ""


class DecidedPage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="decided"):
    """``after`` is empty on the last page."""

    words: tuple[DecidedWord, ...] = ()
    after: str = ""
    as_of_us: int = 0
