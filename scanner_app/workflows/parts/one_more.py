"""One more: behind a booked move the same label moves one more of its unit, from there to there, and asks nothing.

Only where the last move has answered all that would be asked: plain stock of one owner, so much of it known to be there
that the place is not emptied, between places that are open, by a label that names no day and no count. What is not so
simple is asked as ever.
"""

from msgspec import Struct

from scanner_app.domain.catalog import AVAILABLE, Tracking
from scanner_app.domain.ledger import StockKey
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.goods import ItemRules, Rules
from scanner_app.workflows.lookups.places import Where, Whereabouts
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.lookups.stock import Held, Rows
from scanner_app.workflows.parts import zero_check
from scanner_app.workflows.parts.quantity import Taken
from scanner_app.workflows.parts.source import LocatedGoods
from scanner_app.workflows.parts.stock import Stock
from scanner_app.workflows.parts.target import SetDown
from scanner_app.workflows.questions.answers import Place


class Last(Struct, frozen=True):
    """What the last move took, in which unit, where from and where to; ``is_more`` as the site wants."""

    source: str = ""
    put: str = ""
    item: str = ""
    unit: str = ""
    is_more: bool = False

    def is_again(self, policies: Policies, goods: LocatedGoods) -> bool:
        """Say whether it is the same label at the same place, and the site wants that to be one more."""
        is_same = (goods.place, goods.what.item, goods.what.unit) == (self.source, self.item, self.unit)
        says_more = goods.what.expires or goods.what.counted
        return self.is_more and policies.check_digits == "off" and bool(self.put) and is_same and not says_more


def one_more(policies: Policies, goods: LocatedGoods, last: Last) -> Part[SetDown | None]:
    """One more of what was moved last; None where that is not all there is to say."""
    if not last.is_again(policies, goods):
        return None
    there: Whereabouts = yield Where(last.put)
    rules: ItemRules = yield Rules(goods.what.item)
    held: Rows = yield Held(goods.place, goods.what.item)
    rows = [row for row in held.rows if row.quantity > 0]
    is_plain = len(rows) == 1 and rules.tracking is Tracking.NONE and rows[0].status == AVAILABLE
    if there.state != "open" or not is_plain or rows[0].quantity < goods.what.factor:
        return None
    key = StockKey(goods.place, goods.what.item, owner=rows[0].owner)
    taken = Taken(Stock(key, rules, rows[0].quantity, held=held), goods.what.factor, goods.what)
    if zero_check.emptied(policies, taken):
        return None
    return SetDown(taken, Place(last.put, goods.what.wall_us, is_plate=there.is_plate))
