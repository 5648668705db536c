"""What a face shows: one immutable picture of a session, in words that are already in the operator's language."""

from enum import StrEnum

from msgspec import Struct


class Tone(StrEnum):
    """How a message is meant; a face gives each its colour, its symbol and its sound."""

    PLAIN = "plain"
    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"


class Link(StrEnum):
    """The way to the centre, as the sync engine last found it."""

    NEVER = "never"
    OFFLINE = "offline"
    CONNECTING = "connecting"
    ONLINE = "online"
    REFUSED = "refused"


class Line(Struct, frozen=True):
    """A fact on screen: ``label`` may be empty, ``text`` is data or a sentence; neither holds markup."""

    text: str
    label: str = ""


class StatusLine(Struct, frozen=True):
    """The fixed corner: link, wall-clock time (us) of the last exchange or 0, events waiting to be sent."""

    link: Link = Link.NEVER
    exchanged_us: int = 0
    waiting: int = 0
    operator: str = ""


class View(Struct, frozen=True):
    """The whole picture. Faces paint it and decide nothing.

    ``revision`` grows with each view; ``counter`` counts the entries of the session, so that every entry changes
    something visible. ``lines`` are what is known so far (the newest matter most), ``listed`` what there is to choose
    or to read (the first matter most; the others come page by page, ``page`` counts how often they were asked for).
    ``secret`` hides the typed echo. ``halted`` means: only an acknowledgement goes on. ``finished``: leave the program.
    """

    revision: int
    title: str
    prompt: str
    message: str = ""
    tone: Tone = Tone.PLAIN
    lines: tuple[Line, ...] = ()
    listed: tuple[Line, ...] = ()
    hint: str = ""
    counter: int = 0
    secret: bool = False
    page: int = 0
    halted: bool = False
    finished: bool = False
    status: StatusLine = StatusLine()
