"""Questions: what a script asks a worker. Each names the slot it fills and the sentence it is asked with.

How an entry answers a question is in ``judge.py``; a question only holds what that needs to know.
"""

from msgspec import Struct

from scanner_app.domain.quantity import DECIMALS_MAX, in_units
from scanner_app.workflows.lookups.places import Neighbour
from scanner_app.workflows.phrases.book import Phrase


class Option(Struct, frozen=True):
    """A choice: its value, and a sentence (``phrase`` with its ``arguments``) or plain data (``text``) to show.

    ``cells`` hold the data in parts, for a screen that has room for columns.
    """

    value: str
    text: str = ""
    phrase: Phrase | None = None
    arguments: dict[str, str] = {}
    cells: tuple[str, ...] = ()


def numbered(options: tuple[Option, ...]) -> dict[str, str]:
    """The value of each option by the number it is chosen with."""
    return {str(number): option.value for number, option in enumerate(options, 1)}


class Shown(Struct, frozen=True):
    """A line under a question: ``label`` and ``phrase`` (with its ``arguments``) are sentences, ``text`` is data."""

    label: Phrase | None = None
    text: str = ""
    phrase: Phrase | None = None
    arguments: dict[str, str] = {}


class Question(Struct, frozen=True, kw_only=True):
    """What every question has. ``arguments`` fill the sentence; ``lines`` are shown under it."""

    slot: str
    phrase: Phrase
    help: Phrase
    label: Phrase | None = None
    arguments: dict[str, str] = {}
    lines: tuple[Shown, ...] = ()


class AskPlace(Question, frozen=True, kw_only=True):
    """A location or a license plate, other than ``other_than``; with ``or_goods`` an item, or one of ``options``.

    Where ``only`` names a place no other is an answer. ``brings`` are (item, lot) pairs that would be put there loose.
    The place where the last goods were ``put`` is confirmed: its label may just have been read twice.
    """

    other_than: str = ""
    only: str = ""
    put: str = ""
    or_goods: bool = False
    options: tuple[Option, ...] = ()
    brings: tuple[tuple[str, str], ...] = ()


class AskGoods(Question, frozen=True, kw_only=True):
    """An item by any of its codes; a place is an answer too, and starts over from there.

    Where goods are taken from ``plate``, which stands at ``at``, a location is where the whole of it is put instead.
    ``put`` and ``other_than`` are as for a place.
    """

    put: str = ""
    other_than: str = ""
    plate: str = ""
    at: str = ""


class AskPlate(Question, frozen=True, kw_only=True):
    """A license plate, maybe a new one; with ``onto`` one that the plate ``onto`` can stand on.

    ``layers`` is how many plates are stacked on ``onto``.
    """

    may_be_new: bool = False
    onto: str = ""
    layers: int = 0


class AskPick(Question, frozen=True, kw_only=True):
    """One of the goods at hand, by a code of ``items`` or by its number; or a plate that others are on."""

    options: tuple[Option, ...]
    items: frozenset[str]
    put: str = ""


class AskDigits(Question, frozen=True, kw_only=True):
    """The check digits that the label of ``place`` shows."""

    place: str
    digits: str


class AskAgain(Question, frozen=True, kw_only=True):
    """The same label once more: a code of ``item``, or of ``place``."""

    item: str = ""
    place: str = ""


class AskSubject(Question, frozen=True, kw_only=True):
    """What to look at: a code, part of a name, or the number of one of ``options``, which lie under the ``lines``.

    ``heads`` say what is looked at now, and ``around`` which locations are beside it.
    """

    heads: tuple[Shown, ...] = ()
    options: tuple[Option, ...] = ()
    around: tuple[Neighbour, ...] = ()
    here: str = ""


class AskNothing(Question, frozen=True, kw_only=True):
    """Nothing: there is something to read, and only commands go on."""


class AskText(Question, frozen=True, kw_only=True):
    """A lot or a serial; one that is not among ``known`` is confirmed with ``again``."""

    again: Phrase
    known: frozenset[str] = frozenset()


class AskQuantity(Question, frozen=True, kw_only=True):
    """How many of a unit of ``item``; another code of it asks in another unit.

    One is ``factor`` micro-units of ``base_unit`` each; more than ``known`` micro-units is confirmed. With ``counts``
    each code of the item counts one more; ``counted`` is how much that made, last at ``counted_us``. A place that
    answers ``ends`` ends the counting there.
    """

    item: str
    base_unit: str
    factor: int
    decimals: int
    known: int
    unit: str
    counts: bool = False
    counted: int = 0
    counted_us: int = 0
    ends: AskPlace | None = None

    @property
    def step(self) -> int:
        """The least that can be counted of the item, in micro-units."""
        return int(10 ** (DECIMALS_MAX - self.decimals))

    @property
    def known_words(self) -> str:
        """What is known to be there, in the unit that is asked in if that is a whole number, else in base units."""
        return in_units(self.known, self.factor, self.unit, self.base_unit)

    @property
    def counted_words(self) -> str:
        """What was counted so far, likewise."""
        return in_units(self.counted, self.factor, self.unit, self.base_unit)


class AskChoice(Question, frozen=True, kw_only=True):
    """One of ``options``, by its number."""

    options: tuple[Option, ...]


class AskBadge(Question, frozen=True, kw_only=True):
    """Whose shift begins."""


class AskPin(Question, frozen=True, kw_only=True):
    """The PIN of ``operator``: a secret, verified outside and never kept."""

    operator: str


class AskUnlock(AskPin, frozen=True, kw_only=True):
    """The PIN of the operator whose work is locked; another badge is an answer too."""


class AskChallenge(Question, frozen=True, kw_only=True):
    """The digits on screen, typed: what no printed code can know."""

    digits: str


Asked = (
    AskPlace
    | AskGoods
    | AskPlate
    | AskPick
    | AskDigits
    | AskAgain
    | AskSubject
    | AskNothing
    | AskText
    | AskQuantity
    | AskChoice
    | AskBadge
    | AskPin
    | AskChallenge
)


def choice(
    slot: str, phrase: Phrase, help: Phrase, options: tuple[Option, ...], *, label: Phrase | None = None
) -> AskChoice:
    return AskChoice(slot=slot, phrase=phrase, help=help, options=options, label=label)
