"""WordVerdict on a word (access control): whether it is valid, said once and for ever. Pure.

A word is valid if its author has the right at that moment and is not among those whom the subject concerns, if the
centre has the subject, and if nobody else has said a valid word on it that the author had not seen. Own words count as
seen. One that is not valid is kept, and never rules.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scanner_app.domain.events.saying import IDENTIFY, Saying
from sync.central.events.reason import Reason


class WordAuthor(NamedTuple):
    """Who says words: an operator, the person that it is, and whether they may decide at this moment."""

    operator: str
    person: str
    may_decide: bool


class WordSaid(NamedTuple):
    """A valid word that was said on a subject before."""

    number: int
    word: str
    operator: str
    person: str
    at_us: int
    outcome_before: str = ""
    reasons_before: str = ""


class WordVerdict(NamedTuple):
    """``why`` a word is not valid, and ``by`` whom and when another came first; all empty where it is."""

    why: str = ""
    by: str = ""
    by_us: int = 0


VALID = WordVerdict()


def judged(
    saying: Saying, author: WordAuthor, concerned: frozenset[str] | None, said: Sequence[WordSaid]
) -> WordVerdict:
    """Judge a word by whom its subject concerns (None: the centre does not have it) and what was ``said`` before.

    Fifty who have seen no word say one: the first rules, and the others are told by whom and when.

    >>> from scanner_app.domain.events.saying import Subject
    >>> void = Saying("void", Subject("event", "e1", seen=0))
    >>> first, second = WordAuthor("2001", "ann", True), WordAuthor("2002", "bob", True)
    >>> judged(void, first, frozenset({"cid"}), [])
    WordVerdict(why='', by='', by_us=0)
    >>> judged(void, second, frozenset({"cid"}), [WordSaid(7, "void", "2001", "ann", 1000)])[0].value
    'already_decided'
    """
    last = said[-1] if said else None
    if not author.may_decide:
        return WordVerdict(Reason.NO_RIGHT, *((last.operator, last.at_us) if last else ()))
    if concerned is None:
        return WordVerdict(Reason.UNKNOWN_SUBJECT)
    if author.person in concerned:
        return WordVerdict(Reason.OWN)
    unseen = [one for one in said if one.person != author.person and one.number > saying.subject.seen]
    if unseen and saying.word != IDENTIFY:
        return WordVerdict(Reason.ALREADY_DECIDED, unseen[-1].operator, unseen[-1].at_us)
    return VALID


def person_of(persons: Mapping[str, str], operator: str) -> str:
    """Who an operator is, by the ``persons`` of some; one of no person is one."""
    return persons.get(operator) or operator
