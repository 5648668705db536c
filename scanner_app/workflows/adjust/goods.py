"""The goods of an adjustment: where they are and what they are, asked for, or handed on by whoever was at them."""

from collections.abc import Callable

from scanner_app.domain.catalog import AVAILABLE
from scanner_app.domain.people import Right
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.engine import script
from scanner_app.workflows.lookups import samples
from scanner_app.workflows.lookups.details import Details, DetailsOf
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.lookups.stock import HeldRow, Rows, Unapproved
from scanner_app.workflows.parts import source
from scanner_app.workflows.parts.source import Asked, LocatedGoods, Source, source_and_goods
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Goods
from scanner_app.workflows.questions.part import Part, amount, code
from scanner_app.workflows.questions.shown import Shown

SLOTS = source.SLOTS
OUT = Asked(say.FROM_WHERE, say.WHAT_GOES, say.FROM_WHERE)
HERE = Asked(say.WHERE, say.WHAT, say.WHERE)


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


def located(operator: str, policies: Policies, asked: Asked, given: dict[str, str]) -> script.Part[LocatedGoods]:
    """Ask where and what, as far as that is not ``given``, below what waits of one's own: it is not done yet."""
    waiting: Rows = yield Unapproved(operator)
    what = yield from _handed_on(given)
    where = Source(given.get("source", ""), what=what, asked=asked, lines=not_done(waiting))
    found = yield from source_and_goods(policies, where)
    assert isinstance(found, LocatedGoods), "nothing is moved whole here, and nothing is chosen"
    return found


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
    """How much, of what, where; and its status where that is out of the ordinary."""
    status = row.status if row.status != AVAILABLE else ""
    return amount(row.quantity, row.unit), code(row.item), code(row.place), code(status)
