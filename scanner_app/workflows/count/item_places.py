"""Places of one item: where it is looked for next; the label of the next place closes the count of the one before."""

from msgspec.structs import replace

from scanner_app.workflows.count import item_phrases as say
from scanner_app.workflows.count import sent_phrases as sent
from scanner_app.workflows.count.ending import closed
from scanner_app.workflows.count.open import BY_ITEM, WHOLE, Count, onward
from scanner_app.workflows.engine.script import Part, Post, Start
from scanner_app.workflows.lookups.counting import SoFar
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.lookups.work import ItemWalk, WalkOfItem
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Place
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.part import code, name
from scanner_app.workflows.questions.shown import Shown

LATER = "later"


def where(operator: str, count: Count, near: str, *, is_done: bool) -> Part[Start]:
    """The next place, or any other one; ``is_done``: the last was just closed, and its label may be read twice."""
    policies: Policies = yield Policy()
    walk: ItemWalk = yield WalkOfItem(operator, count.only, count.walk, near)
    answer: Place | Choice = yield _asked(count, walk, near if is_done else "")
    if isinstance(answer, Choice):
        put_off = Said(say.PUT_OFF.key, "good", {"place": walk.next})
        return Start(BY_ITEM, {**count.again(), "near": walk.next}, put_off)
    yield from proven(policies, answer, "place")
    return Start(BY_ITEM, replace(count, place=answer.place, begun_us=answer.wall_us).again())


def _asked(count: Count, walk: ItemWalk, done: str) -> AskPlace:
    phrase = sent.GO_TO if walk.next else say.ALL_DONE if walk.places else say.WHERE
    has_more = bool(walk.next) and walk.places - walk.walked > 1
    return AskPlace(
        slot="place", phrase=phrase, help=say.HELP_WHERE, label=labels.PLACE, is_looked_at=True, done=done,
        arguments={"place": walk.next} if walk.next else {}, commands={"cancel": LATER} if has_more else {},
        beside=(of_item(count, walk),),
        lines=(*progress(walk), *((Shown(phrase=sent.NOT_NOW),) if has_more else ())),
    )  # fmt: skip


def of_item(count: Count, walk: ItemWalk) -> Shown:
    """Which item is looked for."""
    return Shown(labels.GOODS, parts=(code(count.only), name(walk.name)))


def progress(walk: ItemWalk, *, is_next: bool = False) -> tuple[Shown, ...]:
    """How far a walk is, and where a plate stands that is next; ``is_next``: what is next is said, too."""
    then = (Shown(phrase=say.NEXT_PLACE, arguments={"place": walk.next}),) if is_next and walk.next else ()
    stands = (Shown(phrase=say.STANDS_AT, arguments={"place": walk.at}),) if walk.at else ()
    if walk.is_told:
        numbers = {"done": str(walk.walked), "count": str(walk.places)}
        return *then, *stands, Shown(phrase=say.WALKED, arguments=numbers)
    return (Shown(phrase=say.DONE, arguments={"count": str(walk.walked)}),) if walk.walked else ()


def gone_on(count: Count, so_far: SoFar, other: Place) -> Part[Post | Start]:
    """Another place is the next: no more of the item is here; where nothing was counted, nothing is said of it."""
    policies: Policies = yield Policy()
    yield from proven(policies, other, "next")
    goes = {**onward(count), "place": other.place, "begun": str(other.wall_us)}
    if so_far.lines:
        return closed(count, so_far, other.wall_us, goes)
    left = Said(say.LEFT.key, "attention", {"place": count.place})
    return Start(BY_ITEM if count.walk else WHOLE, goes, left)
