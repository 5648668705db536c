"""Today: what became of my events, and the two ways of taking one back.

*Never happened* takes a mis-scan out of the book at its own instant. *Put back* is a new move, now. Neither twice, and
never both.
"""

from msgspec.structs import replace

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.engine.script import Part, Post, Script, Start, Steps
from scanner_app.workflows.lookups.challenge import Challenge, Digits
from scanner_app.workflows.lookups.goods import ItemRules, Rules
from scanner_app.workflows.lookups.own_events import Mine, MyEvent, MyEvents, OneOfMine
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.lookups.stock import Held, Rows
from scanner_app.workflows.parts import limits, offer_count, zero_check
from scanner_app.workflows.parts import phrases as part_phrases
from scanner_app.workflows.parts.quantity import Taken, how_many
from scanner_app.workflows.parts.stock import Stock
from scanner_app.workflows.parts.target import moved
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Goods, Place, Text
from scanner_app.workflows.questions.ask.challenge import AskChallenge
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.today import phrases as say
from scanner_app.workflows.today.lines import details, options

NEVER, BACK, LIST = "never", "put_back", "list"


def today(operator: str) -> Steps:
    """List my events; of the one that is chosen say everything, and offer to take it back."""
    mine: MyEvents = yield Mine(operator)
    event: Choice = yield _which(mine)
    if not mine.events:
        yield Start("today")
        return
    chosen: MyEvents = yield OneOfMine(operator, event.value)
    what: Choice = yield _what_now(chosen)
    if what.value == NEVER:
        drawn: Digits = yield Challenge()
        sure: Text = yield _sure(drawn.digits, chosen)
        yield Post(Annulled(sure.wall_us, event.value), {}, Said(say.GONE.key, "good"))
    elif what.value == BACK:
        yield from _put_back(operator, chosen.events[0], what.wall_us)
    else:
        yield Start("today")


def _which(mine: MyEvents) -> AskChoice:
    if not mine.events:
        again = Option("", phrase=say.LOOK_AGAIN)
        return AskChoice(slot="event", phrase=say.NOTHING, help=say.HELP_EVENT, options=(again,))
    return AskChoice(slot="event", phrase=say.WHICH_EVENT, help=say.HELP_EVENT, options=options(mine))


def _what_now(chosen: MyEvents) -> AskChoice:
    """What may be done about an event, below everything that is known of it."""
    offered = [Option(LIST, phrase=say.TO_THE_LIST)]
    lines: tuple[Shown, ...] = ()
    for event in chosen.events:
        lines = details(event)
        offered += [Option(NEVER, phrase=say.NEVER)] if event.can_annul else []
        offered += [Option(BACK, phrase=say.PUT_BACK)] if event.can_put_back else []
    return AskChoice(slot="what", phrase=say.WHAT_NOW, help=say.HELP_WHAT, options=tuple(offered), lines=lines)


def _sure(digits: str, chosen: MyEvents) -> AskChallenge:
    """Taking out of the book wants digits that no printed code can know, below what is taken out."""
    lines = tuple(line for event in chosen.events for line in details(event))
    return AskChallenge(
        slot="sure", phrase=say.SURE, help=say.HELP_SURE, arguments={"digits": digits}, digits=digits, lines=lines
    )


def _put_back(operator: str, event: MyEvent, wall_us: int) -> Steps:
    """Move the goods, now, from where they were put to where they were taken."""
    rules: ItemRules = yield Rules(event.key.item)
    held = event.quantity if event.held is None else event.held
    stock = Stock(replace(event.key, place=event.target), rules, held)
    goods = Goods(event.key.item, rules.name, rules.base_unit, SCALE, wall_us)
    where = AskPlace(
        slot="target", phrase=say.BACK_WHERE, help=part_phrases.HELP_TARGET, label=labels.TARGET,
        arguments={"place": event.source}, only=event.source, lines=details(event)[:1],
    )  # fmt: skip
    taken: Taken = yield from how_many(Policies(), stock, goods, where, moved=event.quantity, about=where.lines)
    bare = yield from _emptied(taken)
    target, seen = yield from zero_check.beside(replace(where, options=zero_check.offer(bare)))
    assert isinstance(target, Place), "no goods answer here"
    fact = replace(moved(taken, wall_us, target, operator, seen), puts_back=event.id)
    said = Said(part_phrases.MOVED.key, "good", {"quantity": taken.words, "place": target.place})
    yield offer_count.offering((yield from limits.within_limits(operator, Post(fact, {}, said))))


def _emptied(taken: Taken) -> Part[str]:
    """The place that nothing is left at by the book once the goods are carried back."""
    policies: Policies = yield Policy()
    if not policies.zero_check:
        return ""
    there: Rows = yield Held(taken.stock.key.place, taken.stock.key.item)
    return zero_check.emptied(policies, replace(taken, stock=replace(taken.stock, held=there)))


TODAY = offer_count.first(
    Script(
        name="today",
        title=say.TODAY,
        steps=today,
        slots=("event", "what", "sure", "quantity", "target", *limits.SLOTS),
        version=5,
    )
)
