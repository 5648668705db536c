"""What a script is: a generator of questions and look-ups that closes with one ending.

A script reads nothing but what it is sent, so the same answers and values always lead to the same ending.
"""

from collections.abc import Callable, Generator
from typing import Any, TypeVar

from msgspec import Struct

from scanner_app.domain.events.fact import Fact
from scanner_app.domain.people import Right
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.lookups.offers import Use
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Answer
from scanner_app.workflows.questions.question import Question


class Post(Struct, frozen=True):
    """End: ``fact`` is booked, and the same script begins again with ``again``, the sticky context.

    What was done is ``said``, unless nobody need know it. ``first`` is the answer that ended it where that begins the
    next, too: its first question is answered with it. What ``waits`` for somebody to accept it, as far as is known
    here, is no stock until the centre says otherwise.
    """

    fact: Fact
    again: dict[str, str]
    said: Said | None = None
    first: Answer | None = None
    waits: bool = False


class Start(Struct, frozen=True):
    """End: another script takes this one's place; what was done is ``said`` there."""

    script: str
    arguments: dict[str, str] = {}
    said: Said | None = None


class SignedIn(Struct, frozen=True):
    """End: the operator is who they say."""

    operator: str
    name: str


class Left(Struct, frozen=True):
    """End: the program is left; the work stays where it is."""


class SignedOut(Struct, frozen=True):
    """End: the operator goes, and what is open is left."""


class TakenUp(Struct, frozen=True):
    """End: what was set aside is gone on with, or let go."""

    goes_on: bool


End = Post | Start | SignedIn | Left | SignedOut | TakenUp
ENDS = (Post, Start, SignedIn, Left, SignedOut, TakenUp)
Request = Question | Look | End
T = TypeVar("T")
Part = Generator[Request, Any, T]
"""A part of a script: it yields like one and returns what it found out."""
Steps = Part[None]


class Script(Struct, frozen=True):
    """A process of the floor: its steps, and what the desk must know to run it.

    ``version`` grows when the questions or their order change; the log keeps it with each play for whoever reads
    that later, while a replay goes by the questions themselves. ``right`` is what an operator needs, and ``uses``
    what the site must have, or it is on no menu. ``hint`` are the keys worth naming at it, where they are others
    than most. ``secret`` says that a secret may be asked next, ``at_the_door`` that nobody has signed in yet or it
    is locked. ``beginnings`` are the arguments it may begin with, as far as they lead to other questions;
    ``labels`` are what arguments are called on screen, in the order in which they are shown, and ``called`` what the
    values of some are, that are a word of ours. ``carried`` are the arguments that hold the code of what was looked at,
    which *use it* takes back to the question below.
    """

    name: str
    title: Phrase
    steps: Callable[..., Steps]
    slots: tuple[str, ...]
    version: int = 1
    right: Right | None = None
    uses: Use | None = None
    hint: Phrase | None = None
    secret: bool = False
    at_the_door: bool = False
    beginnings: tuple[dict[str, str], ...] = ({},)
    labels: dict[str, Phrase] = {}
    called: dict[str, dict[str, Phrase]] = {}
    carried: tuple[str, ...] = ()
