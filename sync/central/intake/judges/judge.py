"""A judge: all that is particular to words on one kind of subject, within one batch (access control).

Whether a word may rule at all is the same for every kind (``words/verdict.py``); a judge knows the subjects themselves.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import Connection

from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.events.saying import Saying, Subject
from scanner_app.domain.task import Task
from sync.central.events.decode import Arrival
from sync.central.events.stored import Stored
from sync.central.intake.approval.approving import Approving
from sync.central.intake.event_case import EventCase
from sync.central.intake.events_at_hand import EventsAtHand
from sync.central.intake.known import Authority
from sync.central.words.kept_words import Became, KeptWord
from sync.central.words.word_verdict import WordAuthor, WordSaid
from sync.protocol import Back


class SubjectStanding(NamedTuple):
    """How a subject stands when a word is said on it: the valid words on it so far, and whom it concerns."""

    said: Sequence[WordSaid]
    concerned: frozenset[str]


class WordsHeard(NamedTuple):
    """A word that may rule: its number, what it says, who says it, and when (us)."""

    number: int
    saying: Saying
    author: WordAuthor
    at_us: int


class WordDone(NamedTuple):
    """What a word did, or ``why`` it can do nothing; ``spoken`` are in the book by it and say words themselves.

    By it its author has a part in the count ``part_in``, where that is named.
    """

    why: str = ""
    became: Became = Became()
    spoken: tuple[Arrival, ...] = ()
    part_in: str = ""


class Turned(NamedTuple):
    """What is not in the book any more by a word with a ``number`` that took another back, or is there again."""

    arrival: Arrival
    number: int
    is_in: bool


class Judge(ABC):
    """The words of one batch on subjects of some ``kinds``, of which ``words`` apply.

    Its statements are a handful for a round, however many subjects the words name. ``fresh`` are the events that arrive
    with the batch, ``events`` those that words name, ``approving`` judges what comes into the book by them, and
    ``parts`` are the persons who by a word of it have a part in a count. When words are kept, ``tasks`` are
    what is to be done by them, and ``counts_decided`` the counts of which they decide something.
    """

    kinds: ClassVar[tuple[SubjectKind, ...]]
    words: ClassVar[frozenset[str]]

    def __init__(self, connection: Connection, site: str, fresh: Mapping[str, EventCase]) -> None:
        self._connection = connection
        self._site = site
        self._fresh = fresh
        self.events = EventsAtHand(connection, site, fresh)
        self.approving = Approving(connection, site)
        self.parts: Mapping[str, set[str]] = {}
        self.tasks: Sequence[Task] = ()
        self.counts_decided: Collection[str] = ()

    @abstractmethod
    def look_up(self, sayings: Sequence[Saying], operators: Mapping[str, Authority]) -> Mapping[str, Authority]:
        """Read what a round of words names; return what is known of ``operators``, more of them where it read more."""

    @property
    @abstractmethod
    def operators(self) -> Collection[str]:
        """Whose persons must be known to say whom the subjects concern, and to whom they come back."""

    @abstractmethod
    def standing(self, subject: Subject, place: int, persons: Mapping[str, str]) -> SubjectStanding | None:
        """How a subject stands for a word at ``place`` of the batch; None where the centre does not have it by then."""

    @abstractmethod
    def do(self, heard: WordsHeard) -> WordDone:
        """Let a word that may rule do what it does, at once: the next word finds it done."""

    @property
    def changed(self) -> Mapping[str, EventCase]:
        """The events of which words have made something."""
        return {}

    @property
    def booked(self) -> Sequence[Arrival]:
        """The events that words have brought into the book."""
        return ()

    @property
    def turned(self) -> Sequence[Turned]:
        """The events that were in the book before, and that words have taken out, or brought there again."""
        return ()

    def tell(self, back: Back, subject: Subject) -> Back:  # noqa: ARG002  some kinds are told of by their ids
        """What came back to whoever said a word on a subject that does not rule, with a few words of the subject."""
        return back

    @abstractmethod
    def keep(self, valid: Sequence[KeptWord], kept: Mapping[str, Stored]) -> None:
        """Write what the ``valid`` words of the batch on this kind have done; ``kept`` are events as they are now."""

    def back(self, kept: Mapping[str, Stored]) -> Iterable[Back]:  # noqa: ARG002  some kinds are nobody's
        """What comes back to whose subject it is, by what words have made of it."""
        return ()
