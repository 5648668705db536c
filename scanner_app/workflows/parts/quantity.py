"""How much: typed in any unit of the item, or counted piece by piece."""

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE, in_units
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.stock import Stock
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Amount, Choice, Goods, Place, Text
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.ask.quantity import UNTOLD, AskQuantity
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.shown import Shown

SLOTS = ("quantity",)


class Taken(Struct, frozen=True):
    """So much of some stock, counted in the unit of ``what``; ``target`` is known when its label ended the counting.

    ``pieces`` are the serials of those that were taken after the first.
    """

    stock: Stock
    quantity: int
    what: Goods
    target: Place | None = None
    pieces: tuple[Text, ...] = ()

    @property
    def words(self) -> str:
        """How much, in the unit it was counted in."""
        total = self.quantity + len(self.pieces) * SCALE
        return in_units(total, self.what.factor, self.what.unit, self.stock.rules.base_unit)

    def scanned(self, wall_us: int) -> tuple[tuple[StockKey, int], ...]:
        """Each piece, or all of it, and when it was scanned: the first at ``wall_us``."""
        key = self.stock.key
        return ((key, wall_us), *((replace(key, serial=piece.text), piece.wall_us) for piece in self.pieces))


def how_many(
    policies: Policies, stock: Stock, what: Goods, ends: AskPlace, *, or_all: bool = False, moved: int = 0,
    about: tuple[Shown, ...] = (),
) -> Part[Taken]:  # fmt: skip
    """Ask how many; a serial is one piece."""
    taken = yield from how_many_or(policies, stock, what, ends, or_all=or_all, moved=moved, about=about)
    assert isinstance(taken, Taken), "there is nothing to choose"
    return taken


def how_many_or(
    policies: Policies, stock: Stock, what: Goods, ends: AskPlace, *, or_all: bool = False, moved: int = 0,
    about: tuple[Shown, ...] = (), options: tuple[Option, ...] = (),
) -> Part[Taken | Choice]:  # fmt: skip
    """Ask how many, or for one of ``options``, which are typed by their letters; a serial is one piece.

    Where pieces are counted the first was the code that named them, and the answer to ``ends`` ends the counting. With
    ``or_all`` that answer means all of it. Only so much was ``moved`` there that is now put back; 0: nothing is. What
    that is ``about`` is shown below.
    """
    if stock.key.serial:
        return Taken(stock, SCALE, what)
    counts = policies.piece_by_piece and not or_all
    counted = (stock.known if stock.known < UNTOLD else 0) if or_all else what.factor if counts else 0
    or_all = or_all and counted > 0
    while True:
        answer = yield AskQuantity(
            slot="quantity", phrase=_phrase(counts, or_all), help=_help(counts, or_all), label=labels.QUANTITY,
            arguments={"unit": what.unit, "count": in_units(counted, what.factor, what.unit, stock.rules.base_unit)},
            item=what.item, lot=stock.key.lot, unit=what.unit, factor=what.factor, base_unit=stock.rules.base_unit,
            decimals=stock.rules.decimals, known=stock.known, counts=counts, counted=counted,
            counted_us=what.wall_us, moved=moved, ends=ends if counted > 0 else None, beside=stock.facts,
            lines=about, options=options,
        )  # fmt: skip
        if isinstance(answer, Choice):
            return answer
        if isinstance(answer, Amount):
            return Taken(stock, answer.quantity, what)
        if isinstance(answer, Place):
            return Taken(stock, counted, what, answer)
        what = answer
        counted += what.factor if counts else 0


def _phrase(counts: bool, or_all: bool) -> Phrase:
    return say.COUNTED if counts else say.MANY_OR_ALL if or_all else say.HOW_MANY


def _help(counts: bool, or_all: bool) -> Phrase:
    return say.HELP_COUNT if counts else say.HELP_ALL if or_all else say.HELP_QUANTITY
