"""The goods of an adjustment: where they are and what they are, asked for, or handed on by whoever was at them."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.catalog import AVAILABLE
from scanner_app.domain.ledger import in_hand, is_in_hand, is_virtual
from scanner_app.domain.people import Right
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.engine import script
from scanner_app.workflows.lookups import samples
from scanner_app.workflows.lookups.details import Details, DetailsOf
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.lookups.stock import HeldRow, Rows, ToPut, Unapproved
from scanner_app.workflows.parts import at_hand, source
from scanner_app.workflows.parts.source import Asked, LocatedGoods, Source, source_and_goods
from scanner_app.workflows.parts.stock import Stock, stock_of
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Choice, Goods, Place
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code
from scanner_app.workflows.questions.shown import Shown

SLOTS = source.SLOTS
OUT = Asked(say.FROM_WHERE, say.WHAT_GOES, say.FROM_WHERE)
HERE = Asked(say.WHERE, say.WHAT, say.WHERE)
_IN_HAND = Option("hand", phrase=say.IN_MY_HAND)


def of_goods(
    steps: Callable[..., script.Steps],
    title: Phrase,
    slots: tuple[str, ...],
    right: Right,
    where: Phrase = labels.PLACE,
    *,
    version: int = 1,
) -> script.Script:
    """A script that adjusts goods at ``source``: it may begin with the place, and with the goods beside it."""
    at_place = {"source": samples.PLACE}
    return script.Script(
        name=steps.__name__,
        title=title,
        steps=steps,
        slots=slots,
        version=version,
        right=right,
        beginnings=({}, at_place, {**at_place, "item": samples.ITEM, "at": "1"}),
        labels={"source": where, "item": labels.GOODS},
    )


class Located(Struct, frozen=True):
    """Goods where they are, and which stock that is."""

    found: LocatedGoods
    stock: Stock

    @property
    def is_in_hand(self) -> bool:
        return is_in_hand(self.found.place)

    @property
    def again(self) -> dict[str, str]:
        """What the next begins with: the same place, which a hand is not."""
        return {} if self.is_in_hand else {"source": self.found.place}

    def counted(self, policies: Policies) -> Policies:
        """How pieces are counted: a hand has no label that would end it."""
        return replace(policies, piece_by_piece=False) if self.is_in_hand else policies

    def unless_held(self, options: tuple[Option, ...]) -> tuple[Option, ...]:
        """What may be chosen of goods that are at a place: nobody counts a hand."""
        return () if self.is_in_hand else options


def located(
    operator: str, policies: Policies, asked: Asked, given: dict[str, str], *, or_held: bool = True
) -> script.Part[Located]:
    """Ask where and what, as far as that is not ``given``, below what waits of one's own: it is not done yet.

    It may be something that the operator has in the hand (``or_held``).
    """
    waiting: Rows = yield Unapproved(operator)
    held: Rows = (yield ToPut(in_hand(operator))) if or_held else Rows(())
    what = yield from _handed_on(given)
    options = (_IN_HAND,) if held.rows else ()
    where = Source(given.get("source", ""), what=what, asked=asked, options=options, lines=not_done(waiting))
    found = yield from source_and_goods(policies, where)
    if isinstance(found, Choice):
        return (yield from _in_hand(operator, policies, asked, held))
    assert isinstance(found, LocatedGoods), "nothing is moved whole here"
    return Located(found, (yield from stock_of(found.place, found.what, is_used=False)))


def _in_hand(operator: str, policies: Policies, asked: Asked, held: Rows) -> script.Part[Located]:
    """One of those that are in the hand; or, after all, what is on a plate."""
    pick, place = at_hand.which(held, say.WHICH_IN_HAND), in_hand(operator)
    picked = yield pick
    if isinstance(picked, Place):
        return (yield from located(operator, policies, asked, {"source": picked.place}, or_held=False))
    kept, what = yield from at_hand.stock_picked(place, held, pick, picked, is_used=False)
    return Located(LocatedGoods(place, False, what, picked.wall_us), kept)


def _handed_on(given: dict[str, str]) -> script.Part[Goods | None]:
    """Goods that somebody was at, as if they had been scanned when that was said."""
    if not given.get("item"):
        return None
    details: Details = yield DetailsOf(given["item"])
    return Goods(given["item"], "", details.base_unit, SCALE, int(given.get("at", "0")))


def not_done(waiting: Rows) -> tuple[Shown, ...]:
    """What waits for somebody of what was adjusted here."""
    return tuple(Shown(labels.WAITS, parts=_parts(row)) for row in waiting.rows)


def _parts(row: HeldRow) -> tuple[Part, ...]:
    """How much, of what, where; and its status where that is out of the ordinary. A hand has no label."""
    status = row.status if row.status != AVAILABLE else ""
    return (
        amount(row.quantity, row.unit),
        code(row.item),
        code("" if is_virtual(row.place) else row.place),
        code(status),
    )
