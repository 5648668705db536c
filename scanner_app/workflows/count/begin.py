"""The beginning of a count: whether somebody counts there or is to, whether one's own is gone on with."""

from msgspec.structs import replace

from scanner_app.domain.events.annulled import Annulled
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.count import sent_phrases as sent
from scanner_app.workflows.count.open import BACK, Count, back, recounts_in
from scanner_app.workflows.engine.script import Part as Steps
from scanner_app.workflows.engine.script import Post, Start
from scanner_app.workflows.lookups.counting import AskedFor, Counts, CountsAskedFor, CountsHere
from scanner_app.workflows.lookups.order_id import NewOrder, OrderId
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Text
from scanner_app.workflows.questions.ask.again import AskAgain
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option

ON, ANEW = "on", "anew"
SLOTS = ("others", "go_on")


def arrived(operator: str, count: Count) -> Steps[Start | Post]:
    """At a place, begin its count, or go on with one's own of a little while ago."""
    place = count.place
    here: Counts = yield CountsHere(operator, place, count.only)
    asked: AskedFor = yield CountsAskedFor(operator, place)
    if (others := _others(here, asked, place)) is not None:
        told: Text | Choice = yield others
        if isinstance(told, Choice):
            return (yield from back(count))
    if here.own:
        options = (Option(ON, phrase=say.ON), Option(ANEW, phrase=say.ANEW))
        chosen: Choice = yield AskChoice(
            slot="go_on", phrase=say.GO_ON, help=say.HELP_GO_ON, arguments={"at": here.at}, options=options,
            commands={"back": BACK},
        )  # fmt: skip
        if chosen.value == BACK:
            return (yield from back(count))
        if chosen.value == ON:
            return _gone_on(here, count, chosen.wall_us)
    order: OrderId = yield NewOrder()
    claims = {row.item: row.recounts for row in sorted(asked.rows, key=lambda row: row.since_us) if row.recounts}
    return Start(count.script, replace(count, count=order.id, recounts=recounts_in(claims)).again())


def _others(here: Counts, asked: AskedFor, place: str) -> AskAgain | None:
    """That somebody counts there, or has it to count, is told; it keeps nobody from counting there as well."""
    both = Said(say.BOTH_KEPT.key, "attention")
    told = AskAgain(
        slot="others", phrase=say.OTHERS, help=say.HELP_OTHERS, place=place, said=both, commands={"back": BACK}
    )
    if here.others:
        other = here.others[0]
        return replace(told, arguments={"who": other.operator, "at": other.at})
    holder = next((row.holder for row in asked.rows if row.holder), "")
    if holder and not here.own:
        return replace(told, phrase=sent.HAS_IT, arguments={"who": holder})
    is_unsure = any(row.is_free for row in asked.rows) and not here.own
    return replace(told, phrase=sent.NOT_SURE, said=None) if is_unsure else None


def _gone_on(here: Counts, count: Count, wall_us: int) -> Start | Post:
    """To add to a count that is closed takes its closing back; it is closed anew."""
    within = here.within or count.within
    again = replace(count, count=here.own, begun_us=here.begun_us, within=within).again()
    if not here.closed:
        return Start(count.script, again)
    return Post(Annulled(wall_us, here.closed), again, Said(say.REOPENED.key, "good", {"place": count.place}))
