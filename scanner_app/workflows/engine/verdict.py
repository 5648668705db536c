"""A verdict: what became of one entry, complete enough to replay it without looking anything up."""

from enum import StrEnum

from msgspec import Struct, field

from scanner_app.domain.capture.barcode import Reading
from scanner_app.workflows.lookups.kinds import Value
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Answer
from scanner_app.workflows.questions.judgement import Meaning


class Result(StrEnum):
    """The ways in which an entry can be dealt with."""

    ANSWERED = "answered"
    UNCONFIRMED = "unconfirmed"
    REFUSED = "refused"
    IGNORED = "ignored"
    UNDONE = "undone"
    HELPED = "helped"
    PAGED = "paged"
    WIDENED = "widened"
    ACKNOWLEDGED = "acknowledged"
    SET_ASIDE = "set_aside"
    COMMANDED = "commanded"
    BROKEN = "broken"
    TYPED = "typed"
    UNDECIDED = "undecided"
    SENT = "sent"


class Verdict(Struct, frozen=True, omit_defaults=True):
    """``question`` is the slot that was asked, ``result`` (in a log: ``outcome``) what became of the entry.

    ``looks`` are the values that the script was given after the answer, ``early`` answers to later questions;
    ``command`` names what a COMMANDED entry said. ``is_typed`` says that a code came by hand; TYPED is an answer that
    is given when its reason is. UNDECIDED is a ``reading`` with several ``meanings``: which was meant is said next.
    SENT went to the centre, whose answer comes as an entry of its own. ``trace`` says where a script broke (BROKEN).
    """

    question: str
    result: Result = field(name="outcome")
    answer: Answer | None = None
    early: dict[str, Answer] = {}
    said: Said | None = None
    command: str = ""
    looks: tuple[Value, ...] = ()
    is_typed: bool = False
    reading: Reading | None = None
    meanings: tuple[Meaning, ...] = ()
    trace: str = ""
