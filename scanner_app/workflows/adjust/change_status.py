"""Change status: stock stays where it is and goes out of use, or comes back into it, for a reason.

What it asks is as for taking out (``corrected.py``), with the new status in front of the reason. The label of the place
is all of it, or the end of serials.
"""

from msgspec.structs import replace

from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.ledger import Leg
from scanner_app.domain.people import Right
from scanner_app.domain.reasons import ADJUST, Direction
from scanner_app.workflows.adjust import corrected, waits
from scanner_app.workflows.adjust import phrases as say
from scanner_app.workflows.adjust.goods import HERE, Located, located, of_goods
from scanner_app.workflows.engine.script import Part, Post, Start, Steps
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.lookups.stock_kinds import KnownStatus, Statuses, StatusesKnown
from scanner_app.workflows.parts.goods_take import ends, or_more
from scanner_app.workflows.parts.quantity import Taken, how_many
from scanner_app.workflows.parts.reason import why
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import code, name


def change_status(operator: str, **given: str) -> Steps:
    """Give goods another status; the last are at ``source``."""
    policies: Policies = yield Policy()
    at = yield from located(operator, policies, HERE, given)
    or_all = not at.is_in_hand
    taken = yield from how_many(at.counted(policies), at.stock, at.found.what, ends(at.found.place), or_all=or_all)
    taken = taken if at.is_in_hand else (yield from or_more(taken, at.found.place))
    status = yield from _status(at.stock.key.status)
    if status is None:
        yield Start("change_status", at.again, Said(say.NO_OTHER_STATUS.key, "attention"))
        return
    yield (yield from _posted(operator, at, taken, status))


def _status(now: str) -> Part[KnownStatus | None]:
    """The status that goods have from now on; None where the site has but the one they have already."""
    known: Statuses = yield StatusesKnown()
    others = {one.status: one for one in known.rows if one.status != now}
    if not others:
        return None
    options = tuple(Option(one.status, parts=(code(one.status), name(one.name))) for one in others.values())
    chosen: Choice = yield AskChoice(
        slot="status", phrase=say.NEW_STATUS, help=say.HELP_STATUS, label=labels.STATUS, options=options
    )
    return others[chosen.value]


def _posted(operator: str, at: Located, taken: Taken, status: KnownStatus) -> Part[Post]:
    direction = Direction.HOLD if status.is_blocking else Direction.RELEASE
    given_why = yield from why(operator, ADJUST, direction, say.WHY)
    keys = taken.scanned(at.found.wall_us)
    legs = tuple(Leg(us, taken.quantity, key, replace(key, status=status.status)) for key, us in keys)
    done = {"quantity": taken.words, "item": at.found.what.item, "status": status.status}
    said = Said(say.CHANGED.key, "good", done)
    return (yield from waits.posted(operator, Changed(legs, ""), given_why, said, at.again))


SLOTS = (*corrected.SLOTS, *corrected.PIECES, "status")
CHANGE_STATUS = of_goods(change_status, say.CHANGE_STATUS, SLOTS, Right.HOLD, version=2)
