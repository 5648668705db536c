"""Stocktake: how far it is by zone, what is left, who is where, which devices are missing; and that it is closed."""

from collections.abc import Iterator, Mapping

from scanner_app.domain.desk.work_asks import AskStocktake, CloseStocktake
from scanner_app.domain.desk.work_replies import StocktakePage
from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.lookups.order_id import NewOrder, OrderId
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.parts.centre import phrases as desk
from scanner_app.workflows.parts.centre.asking import ORDER_SLOTS, SLOTS, answered, ordered
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.phrases.tasks import SINCE
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import code, number, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.tasks import phrases as say
from scanner_app.workflows.tasks.tasks import given_up

CLOSE, ANEW = "close", "anew"
_At = Mapping[int, str]
"""Moments (us) as people say them."""


def stocktake(operator: str) -> Steps:
    """Show how far it is; closed, with what is left said, it is that for ever."""
    del operator
    again = Start("stocktake")
    page = yield from answered(AskStocktake(), again)
    assert isinstance(page, StocktakePage), "a question takes the reply that fits it"
    moments = _moments(page)
    times: Times = yield TimesOf(moments)
    at = dict(zip(moments, times.words, strict=True))
    chosen: Choice = yield _shown(page, at)
    if chosen.value == ANEW:
        yield again
        return
    new: OrderId = yield NewOrder()
    order = CloseStocktake(
        id=new.id, stocktake=page.stocktake, cut_us=page.as_of_us, left=page.left, missing=len(page.missing)
    )
    yield from ordered(order, say.SURE, tuple(_gaps(page, len(page.missing))))
    yield Start("stocktake", {}, Said(say.DONE.key, "good", {"what": page.stocktake}))


def _moments(page: StocktakePage) -> tuple[int, ...]:
    """The moments that are told, each once."""
    told = (
        page.begun_us,
        page.cut_us,
        *(one.since_us for one in page.counting),
        *(one.told_us for one in page.missing),
    )
    return tuple(dict.fromkeys(told))


def _shown(page: StocktakePage, at: _At) -> AskChoice:
    """The page of one that goes on, or of the last that was closed."""
    is_open = bool(page.stocktake) and not page.closed_us
    close = (Option(CLOSE, phrase=say.CLOSE, number=1),) if is_open else ()
    phrase = say.FAR if is_open else say.CLOSED if page.stocktake else say.NO_STOCKTAKE
    return AskChoice(
        slot="stocktake", phrase=phrase, help=say.HELP_FAR, unlisted=close,
        options=(Option(ANEW, phrase=desk.ASK_ANEW, letter="r"),),
        arguments={"what": page.stocktake, "left": f"{page.left:,}", "places": f"{page.places:,}"},
        lines=tuple(_lines(page, at)) if page.stocktake else (),
    )  # fmt: skip


def _lines(page: StocktakePage, at: _At) -> Iterator[Shown]:
    if page.closed_us:
        yield Shown(labels.AS_OF, at[page.cut_us])
        yield Shown(say.L_ROW, f"{page.recorded:,}")
        yield from _gaps(page, page.quiet)
    yield from (given_up(one) for one in page.not_counted if one.reason)
    for zone in page.zones:
        of = {"counted": f"{zone.counted:,}", "places": f"{zone.places:,}"}
        yield Shown(parts=(code(zone.zone), verdict(say.OF, of)))
    for one in page.counting:
        yield Shown(parts=(code(one.operator), code(one.place), verdict(SINCE, {"at": at[one.since_us]})))
    if not page.closed_us:
        yield from _missing(page, at)
    yield Shown(say.L_BEGUN, at[page.begun_us])
    if left := [one for one in page.not_counted if not one.reason]:
        yield Shown(phrase=say.GIVEN_UP)
        yield from map(given_up, left)


def _missing(page: StocktakePage, at: _At) -> Iterator[Shown]:
    for device in page.missing:
        told = at[device.told_us]
        waiting = (number(f"+{device.waiting:,}"),) if device.waiting else ()
        heard = verdict(say.TOLD, {"at": told}) if told else verdict(say.NEVER)
        yield Shown(parts=(code(device.name), *waiting, heard))


def _gaps(page: StocktakePage, quiet: int) -> Iterator[Shown]:
    """What is left, and who may have more to tell: said before it is closed, and kept."""
    yield Shown(phrase=say.LEFT, arguments={"count": f"{page.left:,}"})
    if quiet:
        yield Shown(phrase=say.QUIET, arguments={"count": f"{quiet:,}"})


STOCKTAKE = Script(
    name="stocktake", title=say.STOCKTAKE, steps=stocktake, right=Right.DECIDE, secret=True,
    slots=(*SLOTS, "stocktake", *ORDER_SLOTS),
)  # fmt: skip
