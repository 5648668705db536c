"""What a face shows: one immutable picture of a session, in words that are already in the operator's language."""

from enum import StrEnum

from msgspec import Struct

from scanner_app.session.view.part import Kind, Part, joined


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


class Message(Struct, frozen=True):
    """A sentence about what was entered, and how it is meant."""

    text: str
    tone: Tone


class Told(Struct, frozen=True):
    """A message by its number: they grow by one, so that a face can tell each once, in order.

    ``is_of_before`` says that the life of the program before has said it.
    """

    number: int
    message: Message
    is_of_before: bool = False


class Line(Struct, frozen=True):
    """A fact on screen, or a row of a list: ``label`` may be empty, ``text`` is data or a sentence, which wraps.

    ``parts`` are the same data for a face that has columns, or too little room: only a name among them may be
    shortened, and a text without parts not at all.
    """

    text: str
    label: str = ""
    is_sentence: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def in_parts(self) -> tuple[Part, ...]:
        return self.parts or (Part(self.text, Kind.VERDICT if self.is_sentence else Kind.CODE),)


def line_of(parts: tuple[Part, ...], label: str = "") -> Line:
    """A line that says its parts."""
    return Line(joined(parts), label, parts=parts)


class Scanner(StrEnum):
    """The reader beside the keyboard: none is configured, it is heard, or its cable or radio is gone."""

    NONE = "none"
    READY = "ready"
    LOST = "lost"


class Pull(Struct, frozen=True):
    """Rows fetched of those ``expected`` (0: nobody can tell yet); ``is_first``: the site is being fetched whole."""

    done: int = 0
    expected: int = 0
    is_first: bool = False


class StatusLine(Struct, frozen=True):
    """What is true of the device, whatever is asked: link, exchange, queue, scanner, time.

    ``exchanged_us`` is the wall clock of the last exchange, or 0. ``waiting`` events are not at the centre yet; those
    ``held`` came back for the operator to look at. ``trouble`` says in words why the link is down, since ``since_us``.
    ``scanner_name`` names the readers that are gone, or else all. ``local_us`` added to the device's wall clock is the
    time of day at the site.
    ``pull`` is there while many rows are fetched. ``elsewhere`` says where else the operator is signed on.
    """

    link: Link = Link.NEVER
    exchanged_us: int = 0
    waiting: int = 0
    operator: str = ""
    held: int = 0
    trouble: str = ""
    since_us: int = 0
    scanner: Scanner = Scanner.NONE
    scanner_name: str = ""
    local_us: int = 0
    pull: Pull | None = None
    elsewhere: str = ""


class Chrome(Struct, frozen=True):
    """The words around the questions, in the operator's language; a face fills in ``{count}``, ``{age}``, ``{text}``.

    ``ages`` are days, hours, minutes, seconds.
    """

    never: str = "NEW"
    offline: str = "OFF"
    connecting: str = "..."
    online: str = "ON"
    refused: str = "REF!"
    synced: str = "synced {age}"
    waiting: str = "{count} waiting"
    held: str = "{count} held"
    no_scanner: str = "NO SCANNER"
    pulling: str = "Fetching the site"
    ages: tuple[str, ...] = ("{count}d", "{count}h", "{count}m", "{count}s")
    more: str = "v {count} more: F7 .n"
    whole: str = "~ whole: .l"
    waited: str = "Go on now."
    end: str = "(end) F7 .n: top"
    earlier: str = "^ {count} more"
    legend: str = ". empty  # stocked  ! blocked  X closed"
    unfinished: str = "Not taken, its end is missing: {text}"
    cleared: str = "What was half typed is cleared."
    all_in_sight: str = "That is all of it."

    def link(self, link: Link) -> str:
        """The word of the corner."""
        words = (self.never, self.offline, self.connecting, self.online, self.refused)
        return dict(zip(Link, words, strict=True))[link]


class Fill(StrEnum):
    """What is known of a place in a picture."""

    EMPTY = "empty"
    STOCKED = "stocked"
    BLOCKED = "blocked"
    CLOSED = "closed"


class Spot(Struct, frozen=True):
    """A place in a picture; ``name`` is its name within the bay, ``rows`` how many kinds of stock are there."""

    place: str
    name: str
    fill: Fill
    rows: int = 0
    is_here: bool = False


class Bay(Struct, frozen=True):
    """Places above each other, the highest first; ``name`` is what their names have in common."""

    name: str
    spots: tuple[Spot, ...]


class Wait(Struct, frozen=True):
    """Until when (the device's wall clock) something waits; ``words`` say in the message how long, when it began."""

    until_us: int
    words: str


class View(Struct, frozen=True):
    """The whole picture. Faces paint it and decide nothing.

    ``revision`` grows with each view; ``counter`` counts the entries of the session, so that every entry changes
    something visible. ``message`` is what is said of the last entry, ``before`` what is said before it: what was done,
    when ``message`` says what stands in the way. ``news`` is said behind both: of what was half typed, of the device.
    ``back`` is what came back from the centre to whoever works here, until they acknowledge it; nothing stops for it,
    and its ``back_tone`` is good where all of it is.
    ``told`` is all that was said of the entries that were taken together, for a face that tells everything.
    ``lines`` are what is known so far (the newest matter most), ``listed`` what there is to choose or to read (the
    first matter most; the others come page by page, ``page`` counts how often they were asked for). ``is_whole`` wants
    all of that in full, as a list over as many pages as it takes. ``picture`` holds the bays around the place that is
    looked at, in walk order, for faces that have room. ``turn`` counts the changes of the question that no key or line
    of the terminal made: what is half typed then goes. ``secret`` hides the typed echo. ``halted`` means: only an
    acknowledgement goes on. ``finished``: leave the program. ``wait`` is counted down in the message.
    ``aids`` are what help would say, for faces that have room beside the rest.
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
    is_whole: bool = False
    halted: bool = False
    finished: bool = False
    picture: tuple[Bay, ...] = ()
    status: StatusLine = StatusLine()
    chrome: Chrome = Chrome()
    turn: int = 0
    before: tuple[Message, ...] = ()
    news: str = ""
    back: str = ""
    told: tuple[Told, ...] = ()
    wait: Wait | None = None
    aids: tuple[Line, ...] = ()
    back_tone: Tone = Tone.BAD
