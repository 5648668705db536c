"""People: who is signed in where and whose hand holds what; put down for them, a new PIN, out of use."""

from collections.abc import Iterator

from scanner_app.domain.desk.asks import AskPeople, RetireOperator
from scanner_app.domain.desk.replies import PeoplePage, PersonRow
from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.lookups.order_id import NewOrder, OrderId
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.lookups.unfinished import SetAside, Unfinished
from scanner_app.workflows.parts.centre import new_pin
from scanner_app.workflows.parts.centre import phrases as desk_phrases
from scanner_app.workflows.parts.centre.asking import SLOTS, answered, ordered
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, name, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import person_phrases as words
from scanner_app.workflows.supervise import phrases as say
from scanner_app.workflows.supervise import put_down
from scanner_app.workflows.supervise.reasons import why

PIN, RETIRE, HAND, LIST, NEXT = "pin", "retire", "hand", "list", "next"
NUMBERS = {LIST: 1, PIN: 2, RETIRE: 3, HAND: 4}
ROWS_MAX = 20
"""Of a page: each may hold goods of a whole hand."""


def people(operator: str, after: str = "") -> Steps:
    """List them; of the one that is chosen say everything, and offer what may be done."""
    del operator
    page = yield from answered(AskPeople(after=after, rows_max=ROWS_MAX), Start("people", {"after": after}))
    assert isinstance(page, PeoplePage), "a question takes the reply that fits it"
    chosen: Choice = yield _which(page)
    person = next((one for one in page.people if f"={one.operator}" == chosen.value), None)
    if person is None:
        yield Start("people", {"after": page.after if chosen.value == NEXT else ""})
        return
    since: Times = yield TimesOf(tuple(at.since_us for at in person.at))
    left: Unfinished = yield SetAside(person.operator)
    what: Choice = yield _what_now(person, since.words, left)
    if what.value == HAND:
        yield from put_down.put_down(person)
    elif what.value == LIST:
        yield Start("people", {"after": after})
    else:
        yield from _ordered(person, what.value)


def _which(page: PeoplePage) -> AskChoice:
    listed = [Option(f"={one.operator}", parts=_row(one)) for one in page.people]
    more = [Option(NEXT, phrase=labels.NEXT_PAGE)] if page.after else []
    look_again = [] if listed else [Option(LIST, phrase=say.TO_THE_LIST)]
    return AskChoice(slot="whom", phrase=words.WHICH, help=words.HELP_WHICH, options=(*listed, *more, *look_again))


def _row(person: PersonRow) -> tuple[Part, ...]:
    return code(person.operator), name(person.name), *_where(person)


def _where(person: PersonRow) -> Iterator[Part]:
    """What is in hand, if it is one thing, and where its holder is."""
    if len(person.in_hand) == 1:
        yield amount(person.in_hand[0].quantity, person.in_hand[0].unit)
        yield code(person.in_hand[0].item)
    elif person.in_hand:
        yield code(f"*{len(person.in_hand)}")
    if not person.is_active:
        yield verdict(words.OUT_OF_USE)
    elif person.at:
        yield verdict(words.AT, {"device": person.at[0].name})
    else:
        yield verdict(words.AWAY)


def _what_now(person: PersonRow, since: tuple[str, ...], left: Unfinished) -> AskChoice:
    offered = {LIST: say.TO_THE_LIST, PIN: words.SET_PIN}
    offered |= {RETIRE: words.RETIRE} if person.is_active else {}
    offered |= {HAND: words.PUT_DOWN} if put_down.rows_of(person) else {}
    options = tuple(Option(what, phrase=phrase, number=NUMBERS[what]) for what, phrase in offered.items())
    lines = tuple(line for line in _lines(person, since, left) if line.text or line.parts)
    return AskChoice(slot="what", phrase=say.WHAT_NOW, help=say.HELP_WHAT, options=options, lines=lines)


def _lines(person: PersonRow, since: tuple[str, ...], left: Unfinished) -> Iterator[Shown]:
    yield Shown(parts=_row(person))
    yield Shown(words.L_ROLES, ", ".join(person.roles))
    for at, time in zip(person.at, since, strict=True):
        yield Shown(labels.STANDS_AT, f"{at.name} {time}")
    for held in person.in_hand:
        yield Shown(words.L_IN_HAND, parts=put_down.parts_of(held))
    for one in left.scanned:
        yield Shown(words.L_ASIDE, one.text)


def _ordered(person: PersonRow, what: str) -> Steps:
    who = {"who": person.operator}
    if what == PIN:
        yield from new_pin.new_pin(person.operator)
        yield Start("people", {}, Said(desk_phrases.PIN_SET.key, "good", who))
        return
    reason = yield from why("left", "other")
    new: OrderId = yield NewOrder()
    order = RetireOperator(id=new.id, operator=person.operator, reason=reason)
    yield from ordered(order, words.SURE_RETIRE, (Shown(parts=_row(person)),))
    yield Start("people", {}, Said(words.RETIRED.key, "good", who))


PEOPLE = Script(
    name="people", title=words.PEOPLE, steps=people, right=Right.DECIDE, secret=True,
    slots=(*SLOTS, "whom", "what", "goods", "why", "target", *new_pin.SLOTS),
)  # fmt: skip
