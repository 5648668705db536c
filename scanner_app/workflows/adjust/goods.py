"""The goods of an adjustment: where they are and what they are, asked for, or handed on by whoever was at them."""

from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.details import Details, DetailsOf
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.lookups.stock import Rows
from scanner_app.workflows.lookups.unapproved import Unapproved
from scanner_app.workflows.parts import source
from scanner_app.workflows.parts.source import Asked, LocatedGoods, Source, source_and_goods
from scanner_app.workflows.questions.answers import Goods
from scanner_app.workflows.questions.part import amount, code, name
from scanner_app.workflows.questions.shown import Shown

SLOTS = source.SLOTS
OUT = Asked(say.FROM_WHERE, say.WHAT_GOES, say.FROM_WHERE)
HERE = Asked(say.WHERE, say.WHAT, say.WHERE)


def located(operator: str, policies: Policies, asked: Asked, given: dict[str, str]) -> Part[LocatedGoods]:
    """Ask where and what, as far as that is not ``given``, below what waits of one's own: it is not done yet."""
    waiting: Rows = yield Unapproved(operator)
    what = yield from _handed_on(given)
    where = Source(given.get("source", ""), what=what, asked=asked, lines=not_done(waiting))
    found = yield from source_and_goods(policies, where)
    assert isinstance(found, LocatedGoods), "nothing is moved whole here, and nothing is chosen"
    return found


def _handed_on(given: dict[str, str]) -> Part[Goods | None]:
    """Goods that somebody was at, as if they had been scanned when that was said."""
    if not given.get("item"):
        return None
    details: Details = yield DetailsOf(given["item"])
    return Goods(given["item"], "", details.base_unit, SCALE, int(given.get("at", "0")))


def not_done(waiting: Rows) -> tuple[Shown, ...]:
    """What waits for somebody of what was adjusted here."""
    rows = tuple(
        Shown(parts=(amount(row.quantity, row.unit), code(row.item), code(row.place), name(row.name)))
        for row in waiting.rows
    )
    return (Shown(phrase=say.NOT_DONE), *rows) if rows else ()
