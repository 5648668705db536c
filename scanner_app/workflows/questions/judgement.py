"""Judgements: what an entry is to the question it meets."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Answer


class TypedCodes(StrEnum):
    """What becomes of a code that was typed where a label was to be scanned."""

    ALLOWED = "allowed"
    REASON = "reason"
    REFUSED = "refused"


class Limits(Struct, frozen=True):
    """Bounds of what a worker may enter, from the configuration.

    The same code within ``double_read_us`` is one label read twice. ``typed_codes`` is for what no scanner sent.
    """

    quantity_digits_max: int = 6
    double_read_us: int = 300_000
    typed_codes: TypedCodes = TypedCodes.ALLOWED


class Accepted(Struct, frozen=True):
    """``early`` holds answers to later questions that the same label gave, by slot."""

    answer: Answer
    early: dict[str, Answer] = {}


class Again(Struct, frozen=True):
    """Legal but unexpected: each of ``doubts`` is said, one after the other, and the same answer once more confirms."""

    answer: Answer
    doubts: tuple[Said, ...]
    early: dict[str, Answer] = {}


class Refused(Struct, frozen=True):
    said: Said


class Ignored(Struct, frozen=True):
    """Most likely a label read twice: it changes nothing, and that is said."""

    said: Said


Judgement = Accepted | Again | Refused | Ignored


def refused(phrase: Phrase, **arguments: str) -> Refused:
    return Refused(Said(phrase.key, "bad", arguments))


def doubt(phrase: Phrase, **arguments: str) -> Said:
    return Said(phrase.key, "attention", arguments)


def doubted(answer: Answer, doubts: list[Said], early: dict[str, Answer] | None = None) -> Judgement:
    """An answer about which something is to be said first, if there is anything."""
    return Again(answer, tuple(doubts), early or {}) if doubts else Accepted(answer, early or {})
