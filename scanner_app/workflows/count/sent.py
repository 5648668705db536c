"""Where a counter is sent: the next place by tasks that are asked for ahead; it may be left for later, or not done."""

from scanner_app.domain.events.work.ended import Ended
from scanner_app.domain.events.work.leased import Leased
from scanner_app.domain.work.lease import PUT_OFF_US, RELEASED
from scanner_app.workflows.count import sent_phrases as say
from scanner_app.workflows.count.open import BY_ITEM
from scanner_app.workflows.engine.script import Part as Steps
from scanner_app.workflows.engine.script import Post, Start
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.lookups.work import Line, NextPlaces, Wanted
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.phrases.tasks import REASONS, SINCE
from scanner_app.workflows.questions.answers import Choice, Goods, Place
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.place import NEWS, AskPlace
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, code, verdict
from scanner_app.workflows.questions.shown import Shown

LATER, CANNOT, BACK = "later", "cannot", "back"
SLOTS = ("place", "place_digits", "cannot")
MINUTE_US = 60_000_000


def where(operator: str, given: dict[str, str]) -> Steps[Start | Post]:
    """Send somebody to the next place, from where they were last; any other one may be scanned instead, or an item.

    Of what is ``given``, ``near`` is where they were last, ``done`` that they have just closed it: its label may be
    read twice. What is asked for ahead is asked for once: ``asked`` says that it has just been.
    """
    near = given.get("near", "")
    kept: dict[str, str] = {name: given[name] for name in ("near", "done") if name in given}
    policies: Policies = yield Policy()
    look = NextPlaces(operator, near)
    line: Line = yield look
    if line.ask and "asked" not in given:
        return Post(Leased(line.wall_us, line.ask, line.until_us), {**kept, "asked": "1"})
    takes_items = "item" not in given
    answer: Place | Goods | Choice = yield _asked(look, line, near if kept.get("done") else "", takes_items=takes_items)
    if isinstance(answer, Choice):
        return Start("count", kept) if answer.value == NEWS else (yield from _other(near, line.next, answer))
    if isinstance(answer, Goods):
        return Start(BY_ITEM, {"of": answer.item, "walk": str(answer.wall_us), **_near(near)})
    yield from proven(policies, answer, "place")
    there = {"place": answer.place, "begun": str(answer.wall_us)}
    item = _only_item(line, answer.place) if takes_items else ""
    return Start(BY_ITEM, {**there, "of": item}) if item else Start("count", there)


def _only_item(line: Line, place: str) -> str:
    """The item that somebody is sent there for, where nothing else is to be counted."""
    wanted = [row for row in line.rows if row.place == place]
    is_sent = line.next is not None and line.next.place == place
    return wanted[0].item if is_sent and all(row.is_of_item for row in wanted) else ""


def _near(near: str) -> dict[str, str]:
    return {"near": near} if near else {}


def _other(near: str, row: Wanted | None, answer: Choice) -> Steps[Start | Post]:
    """Not there now, or not at all."""
    if row is None:
        return Start("count", _near(near))
    if answer.value == LATER:
        put_off = Said(say.PUT_OFF.key, "good", {"place": row.place, "count": str(PUT_OFF_US // MINUTE_US)})
        return Post(Ended(answer.wall_us, row.task, "", row.since_us, RELEASED), _near(near), put_off)
    why: Choice = yield AskChoice(
        slot="cannot", phrase=say.WHY_NOT, help=say.HELP_WHY_NOT, arguments={"place": row.place},
        options=(*(Option(reason, phrase=phrase) for reason, phrase in REASONS.items()), _GO_BACK),
    )  # fmt: skip
    if why.value == BACK:
        return Start("count", _near(near))
    said = Said(say.ENDED.key, "good", {"place": row.place})
    return Post(Ended(why.wall_us, row.task, "", row.since_us, why.value), _near(near), said)


_GO_BACK = Option(BACK, phrase=say.GO_BACK)


def _asked(look: NextPlaces, line: Line, done: str, *, takes_items: bool) -> AskPlace:
    """The next place in the question itself; what is behind it stands below."""
    row = line.next
    which = say.WHAT if takes_items else say.WHERE
    phrase = which if row is None else say.GO_TO if row.is_sure else say.PERHAPS
    return AskPlace(
        slot="place", phrase=phrase, help=say.HELP_WHERE, label=labels.PLACE, is_looked_at=True, look=look, line=line,
        done=done, or_goods=takes_items,
        arguments={"place": row.place} if row else {}, lines=_lines(line), commands={"cancel": LATER} if row else {},
        options=(Option(CANNOT, phrase=say.CANNOT, letter="x"),) if row else (),
    )  # fmt: skip


def _lines(line: Line) -> tuple[Shown, ...]:
    """What is to be counted at the next place, where that is not all of it; what comes then, and what comes again."""
    if line.is_waiting and not line.rows:
        return (Shown(phrase=say.ASKING), *_later(line))
    first = tuple(Shown(parts=_told(row)) for row in line.rows[:1] if row.item or row.at)
    then = tuple(Shown(parts=_told(row)) for row in line.rows[1:])
    more = (Shown(phrase=say.MORE, arguments={"count": str(line.more)}),) if line.more else ()
    not_now = (Shown(phrase=say.NOT_NOW),) if line.rows else ()
    return (*first, *not_now, *((Shown(phrase=say.THEN),) if then else ()), *then, *more, *_later(line))


def _later(line: Line) -> tuple[Shown, ...]:
    return tuple(Shown(parts=(code(row.place), verdict(say.AGAIN_AT, {"at": row.at}))) for row in line.later)


def _told(row: Wanted) -> tuple[Part, ...]:
    since = (verdict(SINCE, {"at": row.at}),) if row.at else ()
    return code(row.place), code(row.item), *since
