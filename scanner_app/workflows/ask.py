"""Questions: what a script asks a worker. Each names the slot it fills and the sentence it is asked with.

How an entry answers a question is in ``judge.py``; a question only holds what that needs to know.
"""

from msgspec import Struct

from scanner_app.domain.quantity import in_units
from scanner_app.workflows import guard_phrases, phrases
from scanner_app.workflows.phrases import Phrase


class Option(Struct, frozen=True):
    """A choice: its value, and either a sentence (``phrase``) or plain data (``text``) to show."""

    value: str
    text: str = ""
    phrase: Phrase | None = None


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
    """A location or a license plate, other than ``other_than``."""

    other_than: str = ""


class AskGoods(Question, frozen=True, kw_only=True):
    """An item by any of its codes; a place is an answer too, and starts over from there.

    The place where the last goods were ``put`` is confirmed: its label may just have been read twice.
    """

    put: str = ""


class AskSubject(Question, frozen=True, kw_only=True):
    """A place or an item, to look at."""


class AskText(Question, frozen=True, kw_only=True):
    """A lot or a serial; one that is not among ``known`` is confirmed with ``again``."""

    known: frozenset[str] = frozenset()
    again: Phrase = phrases.LOT_AGAIN


class AskQuantity(Question, frozen=True, kw_only=True):
    """How many of a unit.

    One is ``factor`` micro-units of ``base_unit`` each; more than ``known`` micro-units is confirmed.
    """

    base_unit: str
    factor: int
    decimals: int
    known: int
    unit: str

    @property
    def known_words(self) -> str:
        """What is known to be there, in the unit that is asked in if that is a whole number, else in base units."""
        return in_units(self.known, self.factor, self.unit, self.base_unit)


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


Asked = AskPlace | AskGoods | AskSubject | AskText | AskQuantity | AskChoice | AskBadge | AskPin | AskChallenge


def place(slot: str, phrase: Phrase, help: Phrase, label: Phrase, other_than: str = "") -> AskPlace:
    return AskPlace(slot=slot, phrase=phrase, help=help, label=label, other_than=other_than)


def goods(put: str = "") -> AskGoods:
    return AskGoods(slot="goods", phrase=phrases.WHAT, help=phrases.HELP_GOODS, label=phrases.L_GOODS, put=put)


def subject(lines: tuple[Shown, ...]) -> AskSubject:
    return AskSubject(slot="subject", phrase=phrases.LOOK_UP_WHAT, help=phrases.HELP_SUBJECT, lines=lines)


def lot(known: frozenset[str]) -> AskText:
    return AskText(slot="lot", phrase=phrases.WHICH_LOT, help=phrases.HELP_LOT, label=phrases.L_LOT, known=known)


def serial(known: frozenset[str]) -> AskText:
    return AskText(
        slot="serial",
        phrase=phrases.WHICH_SERIAL,
        help=phrases.HELP_SERIAL,
        label=phrases.L_SERIAL,
        known=known,
        again=phrases.SERIAL_AGAIN,
    )


def quantity(unit: str, factor: int, base_unit: str, decimals: int, known: int) -> AskQuantity:
    return AskQuantity(
        slot="quantity",
        phrase=phrases.HOW_MANY,
        help=phrases.HELP_QUANTITY,
        label=phrases.L_QUANTITY,
        arguments={"unit": unit},
        base_unit=base_unit,
        factor=factor,
        decimals=decimals,
        known=known,
        unit=unit,
    )


def choice(
    slot: str, phrase: Phrase, help: Phrase, options: tuple[Option, ...], *, label: Phrase | None = None
) -> AskChoice:
    return AskChoice(slot=slot, phrase=phrase, help=help, options=options, label=label)


def badge() -> AskBadge:
    return AskBadge(slot="badge", phrase=phrases.SCAN_BADGE, help=phrases.HELP_BADGE, label=phrases.L_BADGE)


def pin(operator: str, name: str) -> AskPin:
    return AskPin(
        slot="pin", phrase=phrases.YOUR_PIN, help=phrases.HELP_PIN, arguments={"name": name}, operator=operator
    )


def unlock(operator: str, name: str) -> AskUnlock:
    return AskUnlock(
        slot="unlock",
        phrase=guard_phrases.UNLOCK,
        help=guard_phrases.HELP_UNLOCK,
        arguments={"name": name},
        operator=operator,
    )


def challenge(digits: str) -> AskChallenge:
    return AskChallenge(
        slot="challenge",
        phrase=phrases.TYPE_TO_LEAVE,
        help=phrases.HELP_CHALLENGE,
        arguments={"digits": digits},
        digits=digits,
    )
