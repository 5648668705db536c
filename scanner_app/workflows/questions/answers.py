"""Checked answers, as scripts receive them and as the log keeps them.

``wall_us`` is the wall clock of the entry that gave the answer: a leg takes its instant from it, never from the replay.
``words`` are the answer as data, where no question knows better words for it.
"""

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.desk.replies import Reply
from scanner_app.domain.recognition.label import Label


class Place(Struct, frozen=True, tag="place", omit_defaults=True):
    """A location or a license plate.

    ``digits`` are its check digits, unless the label that was read has proved them; ``is_typed`` says that there was no
    label, ``is_new`` that the site does not know the plate yet.
    """

    place: str
    wall_us: int = 0
    is_plate: bool = False
    is_new: bool = False
    digits: str = ""
    is_typed: bool = False

    @property
    def words(self) -> str:
        return self.place


class Goods(Struct, frozen=True, tag="goods", omit_defaults=True):
    """An item in the unit of the code that was scanned; ``factor`` micro-units of the base unit are in one of it.

    ``expires`` is what the label said of that, an ISO day; empty when it said nothing. ``counted`` says that it told
    how many, which answers the question for that, ``is_more`` that a count has so many more of what it was at.
    """

    item: str
    name: str
    unit: str
    factor: int
    wall_us: int = 0
    expires: str = ""
    counted: bool = False
    is_more: bool = False

    @property
    def words(self) -> str:
        return f"{self.item} {self.name}"


class Text(Struct, frozen=True, tag="text", omit_defaults=True):
    """A lot, a serial, the digits of a challenge.

    ``expires`` is as for goods. ``ways`` are all that a label may say whose separators are lost; ``text`` is then empty
    until it is known which of them it is.
    """

    text: str
    wall_us: int = 0
    expires: str = ""
    ways: tuple[Label, ...] = ()

    @property
    def words(self) -> str:
        return self.text


class Amount(Struct, frozen=True, tag="amount"):
    """``quantity`` in micro-units of the base unit."""

    quantity: int
    wall_us: int = 0

    @property
    def words(self) -> str:
        return ""


class Choice(Struct, frozen=True, tag="choice"):
    """The value of the option that was chosen."""

    value: str
    wall_us: int = 0

    @property
    def words(self) -> str:
        return self.value


class Person(Struct, frozen=True, tag="person"):
    """An operator known by a badge, not yet by a PIN."""

    operator: str
    name: str
    wall_us: int = 0

    @property
    def words(self) -> str:
        return self.name


class Verified(Struct, frozen=True, tag="verified"):
    """A secret was right; the secret itself is nowhere."""

    wall_us: int = 0

    @property
    def words(self) -> str:
        return ""


class Hashed(Struct, frozen=True, tag="hashed"):
    """A new PIN as its verifier; the PIN itself is nowhere."""

    verifier: str
    wall_us: int = 0

    @property
    def words(self) -> str:
        return ""


class Replied(Struct, frozen=True, tag="replied"):
    """What the centre answered."""

    reply: Reply
    wall_us: int = 0

    @property
    def words(self) -> str:
        return ""


LABELS = (Place, Goods, Text, Person)
"""Answers that are read from labels."""
Answer = Place | Goods | Text | Amount | Choice | Person | Verified | Hashed | Replied


def timeless(answer: Answer) -> Answer:
    """An answer as it may be compared with another: whenever it was given."""
    return replace(answer, wall_us=0)
