"""Judgements: what an entry is to the question it meets: taken, doubted, refused, or a label read twice."""

from msgspec import Struct

from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Answer

MISTAKE = "bad"
"""The tone of a sentence that halts."""


class Accepted(Struct, frozen=True):
    """``early`` holds answers to later questions that the same label gave, by slot."""

    answer: Answer
    early: dict[str, Answer] = {}


class Again(Struct, frozen=True):
    """Legal but unexpected: each of ``doubts`` is said, one after the other, and the same answer once more confirms.

    One with the tone of a mistake halts first, so that what was doubted never gives way unseen to what comes next.
    """

    answer: Answer
    doubts: tuple[Said, ...]
    early: dict[str, Answer] = {}


class Refused(Struct, frozen=True):
    said: Said


class Meaning(Struct, frozen=True, array_like=True):
    """One thing that a code may mean: its kind (place, item), which one, in which unit, and what it is called."""

    kind: str
    code: str
    unit: str = ""
    name: str = ""


class Ignored(Struct, frozen=True):
    """Most likely a label read twice: it changes nothing, and that is said."""

    said: Said


class Several(Struct, frozen=True):
    """It means several things that would do: each is shown, and its number says which was meant."""

    meanings: tuple[Meaning, ...]


class Sent(Struct, frozen=True):
    """It goes to the centre, which answers the question: it is kept in memory until then, and nowhere else."""

    said: Said


Judgement = Accepted | Again | Refused | Ignored | Several | Sent


def refused(phrase: Phrase, **arguments: str) -> Refused:
    return Refused(Said(phrase.key, MISTAKE, arguments))


def doubt(phrase: Phrase, **arguments: str) -> Said:
    return Said(phrase.key, "attention", arguments)


def halting(phrase: Phrase) -> Said:
    """A doubt that is acknowledged before anything else is taken."""
    return Said(phrase.key, MISTAKE)


def doubted_first(judged: Judgement, said: Said) -> Judgement:
    """What is taken is taken only when ``said`` was confirmed, before anything else that is doubtful of it."""
    if not isinstance(judged, Accepted | Again):
        return judged
    doubts = judged.doubts if isinstance(judged, Again) else ()
    return Again(judged.answer, (said, *doubts), judged.early)


def doubted(answer: Answer, doubts: list[Said], early: dict[str, Answer] | None = None) -> Judgement:
    """An answer about which something is to be said first, if there is anything."""
    return Again(answer, tuple(doubts), early or {}) if doubts else Accepted(answer, early or {})
