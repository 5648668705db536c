"""Corrected: stock is taken out or brought in, against the account of adjustments; one event for a reason.

What it asks, in this order, and the file that asks it:

1. from which place and what goods, in either order: ``goods.py``
2. lot, serial, owner and status, as far as there is a choice: ``parts/stock.py``
3. how much; or that so many are left, which is a count: ``parts/quantity.py``; of what is taken out, serial after
   serial until its place is scanned: ``parts/pieces.py``
4. of what is taken out, whether its place is empty, where the book has nothing else there: ``parts/zero_check.py``
5. for what reason, and a few words where it wants some: ``parts/reason.py``

Whether it waits for a supervisor is said at the end (``waits.py``).
"""

from msgspec.structs import replace

from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.ledger import ADJUSTMENT, Leg
from scanner_app.domain.reasons import ADJUST, Direction
from scanner_app.workflows.adjust import goods, waits
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.adjust.goods import HERE, OUT, located
from scanner_app.workflows.engine.script import Start, Steps
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.parts import offer_count, quantity, reason, stock, zero_check
from scanner_app.workflows.parts.goods_take import ends, or_more
from scanner_app.workflows.parts.quantity import Taken, how_many_or
from scanner_app.workflows.parts.reason import why
from scanner_app.workflows.parts.source import LocatedGoods
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.quantity import UNTOLD
from scanner_app.workflows.questions.option import Option

SLOTS = (*goods.SLOTS, *(slot for slot in stock.SLOTS if slot != "on_hold"), *quantity.SLOTS, *reason.SLOTS)
PIECES = ("piece",)
"""Of what asks for serial after serial."""
_LEFT = (Option("count", phrase=say.SO_MANY_LEFT, letter="t"),)


def corrected(operator: str, direction: Direction, given: dict[str, str]) -> Steps:
    """Ask what becomes more or less, by how much and why."""
    policies: Policies = yield Policy()
    is_out = direction is Direction.OUT
    at = yield from located(operator, policies, OUT if is_out else HERE, given, or_held=is_out)
    found, kept = at.found, at.stock if is_out else replace(at.stock, known=UNTOLD)
    options = at.unless_held(_LEFT)
    taken = yield from how_many_or(at.counted(policies), kept, found.what, ends(found.place), options=options)
    if isinstance(taken, Choice):
        yield counted(found, taken.wall_us)
        return
    taken = (yield from or_more(taken, found.place)) if is_out and not at.is_in_hand else taken
    seen = yield from zero_check.asked(zero_check.emptied(policies, taken) if is_out else "")
    given_why = yield from why(operator, ADJUST, direction, say.WHY)
    sign, phrase = ("-", say.TAKEN_OUT) if is_out else ("+", say.BROUGHT_IN)
    done = Said(phrase.key, "good", {"quantity": f"{sign}{taken.words}", "item": found.what.item})
    fact = Adjusted(_legs(taken, found.wall_us, is_out=is_out), "", zero_check=seen)
    yield offer_count.offering((yield from waits.posted(operator, fact, given_why, done, at.again)))


def counted(found: LocatedGoods, wall_us: int) -> Start:
    """How many there are is no adjustment: it is counted, with the place and the goods that are known."""
    return Start("count", {"place": found.place, "begun": str(wall_us), "item": found.what.item})


def _legs(taken: Taken, wall_us: int, *, is_out: bool) -> tuple[Leg, ...]:
    """One of each piece, or of all of it, against the account."""
    pairs = ((us, here, replace(here, place=ADJUSTMENT)) for here, us in taken.scanned(wall_us))
    return tuple(
        Leg(us, taken.quantity, *((here, account) if is_out else (account, here))) for us, here, account in pairs
    )
