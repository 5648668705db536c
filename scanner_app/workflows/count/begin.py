"""The beginning of a count: which place, whether somebody counts there, whether one's own is gone on with."""

from msgspec.structs import replace

from scanner_app.domain.events.annulled import Annulled
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.count.open import Count, recounts_in
from scanner_app.workflows.engine.script import Part as Steps
from scanner_app.workflows.engine.script import Post, Start
from scanner_app.workflows.lookups.counting import Asked, AskedFor, Counts, CountsAskedFor, CountsHere
from scanner_app.workflows.lookups.order_id import NewOrder, OrderId
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Place
from scanner_app.workflows.questions.ask.again import AskAgain
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, code, verdict
from scanner_app.workflows.questions.shown import Shown

ON, ANEW = "on", "anew"
SLOTS = ("place", "place_digits", "others", "go_on")


def where(operator: str) -> Steps[Start]:
    """Ask for the place; what is asked for stands below, and is gone to and scanned like any other."""
    policies: Policies = yield Policy()
    asked: AskedFor = yield CountsAskedFor(operator)
    place: Place = yield AskPlace(
        slot="place", phrase=say.WHERE, help=say.HELP_WHERE, label=labels.PLACE, is_looked_at=True, lines=_asked(asked)
    )
    yield from proven(policies, place, "place")
    return Start("count", {"place": place.place, "begun": str(place.wall_us)})


def _asked(asked: AskedFor) -> tuple[Shown, ...]:
    rows = tuple(Shown(parts=(code(row.place), code(row.item), _since(row))) for row in asked.rows)
    return (Shown(phrase=say.ASKED_FOR), *rows) if rows else ()


def _since(row: Asked) -> Part:
    return verdict(say.SINCE, {"at": row.at})


def arrived(operator: str, count: Count) -> Steps[Start | Post]:
    """At a place, begin its count, or go on with one's own of a little while ago."""
    place = count.place
    here: Counts = yield CountsHere(operator, place)
    if here.others:
        other = here.others[0]
        yield AskAgain(
            slot="others", phrase=say.OTHERS, help=say.HELP_WHERE, arguments={"who": other.operator, "at": other.at},
            place=place, said=Said(say.BOTH_KEPT.key, "attention"),
        )  # fmt: skip
    if here.own:
        options = (Option(ON, phrase=say.ON), Option(ANEW, phrase=say.ANEW))
        chosen: Choice = yield AskChoice(
            slot="go_on", phrase=say.GO_ON, help=say.HELP_GO_ON, arguments={"at": here.at}, options=options
        )
        if chosen.value == ON:
            return _gone_on(here, count, chosen.wall_us)
    order: OrderId = yield NewOrder()
    asked: AskedFor = yield CountsAskedFor(operator)
    claims = {row.item: row.recounts for row in reversed(asked.rows) if row.place == place and row.recounts}
    return Start("count", replace(count, count=order.id, recounts=recounts_in(claims)).again())


def _gone_on(here: Counts, count: Count, wall_us: int) -> Start | Post:
    """To add to a count that is closed takes its closing back; it is closed anew."""
    again = Count(count.place, here.own, here.begun_us, here.within or count.within).again()
    if not here.closed:
        return Start("count", again)
    return Post(Annulled(wall_us, here.closed), again, Said(say.REOPENED.key, "good", {"place": count.place}))
