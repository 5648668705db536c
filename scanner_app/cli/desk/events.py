"""What waits for somebody at a site: list, look at one, say a word on it: ``scanner central events ...``."""

from typing import TYPE_CHECKING, NamedTuple

import click

from scanner_app.cli.data import open_central
from scanner_app.cli.desk.shown import AS_JSON, REASON, SITE, ago, inherited, now_us, show
from scanner_app.cli.printing import say as printed
from scanner_app.domain.desk.asks import AskCases
from scanner_app.domain.desk.case import CaseKind
from scanner_app.domain.desk.counted_instead import CountedInstead, counted_instead
from scanner_app.domain.events.saying import IDENTIFY, Naming
from scanner_app.domain.quantity import show_quantity
from scanner_app.errors import CentralError

if TYPE_CHECKING:
    from scanner_app.domain.desk.case import Case, Movement, Opened
    from scanner_app.domain.desk.opened_claim import BrokenLimit, OpenedClaim
    from sync.central.decisions.words_of_the_centre import WordHeard

NOTE = click.option("--note", default="", help="A sentence beside the reason, for those who read it later.")
_HOUR_US = 3_600_000_000


@click.group(invoke_without_command=True)
@SITE
@click.option("--kind", type=click.Choice([kind.value for kind in CaseKind]), help="Only cases of this kind.")
@click.option("--zone", default="", help="Only what is in this zone.")
@click.option("--person", default="", help="Only what this person did.")
@click.option("--older-than", "hours", type=click.IntRange(0), default=0, help="Only what is older, in hours.")
@AS_JSON
@click.pass_context
def events(
    context: click.Context, *, site: str, kind: str | None, zone: str, person: str, hours: int, as_json: bool
) -> None:
    """List what waits for somebody to decide it, the largest value first; or say a word on it."""
    from sync.central.decisions import desk_administration as admin

    if context.invoked_subcommand is None:
        store = open_central(context.obj)
        before_us = now_us() - hours * _HOUR_US if hours else 0
        asked = AskCases(kind=kind or "", zone=zone, person=person, before_us=before_us)
        show(admin.cases(store, admin.site_meant(store, site), asked, now_us()), _line, as_json=as_json)


def _line(case: "Case") -> str:
    what = f"{show_quantity(case.quantity)} {case.unit} {case.item}".strip() if case.item else "no goods"
    told = [f"{case.place}: {what}" if case.place else what, f"worth {show_quantity(case.value)}"]
    told += [f"counted {show_quantity(case.counted)}"] if case.kind == CaseKind.CLAIM else []
    told += [" ".join(case.marks)] if case.marks else []
    told += [" ".join(case.reasons)] if case.reasons else []
    told += [f"by {case.operator} at {case.device}" if case.device else f"by {case.operator}"] if case.operator else []
    told += [ago(case.since_us)] if case.since_us else []
    return f"{case.kind}  {_named(case)}  {', '.join(told)}"


def _named(case: "Case") -> str:
    """The id, by which a word names an event; a key is told by what it holds."""
    return "" if case.kind in (CaseKind.NEGATIVE, CaseKind.SERIAL_TWICE) else case.id


@events.command("show")
@SITE
@AS_JSON
@click.argument("case_id", metavar="ID")
@click.pass_context
def show_(context: click.Context, site: str, as_json: bool, case_id: str) -> None:
    """Show a case with what happened around it, and the words that may be said on it."""
    from sync.central.decisions import desk_administration as admin

    store = open_central(context.obj)
    opened = admin.case(store, admin.site_meant(store, inherited(context, site)), case_id)
    if as_json:
        show([opened], str, as_json=True)
        return
    show([opened.case], _line, as_json=False)
    show(_facts(opened), str, as_json=False)
    show(opened.movements, _moved, as_json=False)


def _facts(opened: "Opened") -> list[str]:
    device = [f"  device: {opened.device_name}"] if opened.device_name else []
    words = ", ".join(opened.words) or "none: it goes by itself"
    happened = [f"  happened: {ago(opened.happened_us)}"] if opened.happened_us else []
    claim = _of_claim(opened.claim) if opened.claim else []
    return [*device, *happened, *(f"  {leaf.name}: {leaf.text}" for leaf in opened.leaves), *claim, f"  words: {words}"]


def _of_claim(claim: "OpenedClaim") -> list[str]:
    """What was counted, and what the book had, has and would have."""
    told = {"counted": claim.counted, "book then": claim.book, "book now": claim.book_now}
    told["book after accept"] = claim.book_after
    broken = [f"  {why}" for one in claim.broken if (why := _broken(one, differs=claim.counted != claim.book))]
    doubtful = [
        f"  order not known: {show_quantity(leg.quantity)} by {leg.operator} {ago(leg.at_us)}; "
        f"if before the count the difference is {show_quantity(leg.before)}, if after {show_quantity(leg.after)}"
        for leg in claim.doubtful
    ]
    quiet = [f"  not heard since {ago(one.told_us)}: {one.name}" for one in claim.quiet]
    counters = [f"  counted by: {' '.join(claim.operators)}"]
    quantities = [f"  {name}: {show_quantity(amount)}" for name, amount in told.items()]
    return [*quantities, *counters, *broken, *doubtful, *quiet]


def _broken(limit: "BrokenLimit", *, differs: bool) -> str:
    """Why it waits; where there is no difference, no limit is why."""
    if limit.what in _TWO:
        return _TWO[limit.what]
    return f"over: {_OVER.get(limit.what, limit.what).format(show_quantity(limit.limit))}" if differs else ""


_TWO = {
    "second": "two persons count it, and one has so far",
    "differ": "the two counts of it differ",
    "both": "two have counted it; see both",
}
_OVER = {
    "percent": "{} % of the quantity counted",
    "quantity": "{} pieces",
    "value": "{} in money",
    "none": "no tolerance is set",
    "no_cost": "a tolerance in money, and the item has no cost",
}


def _moved(movement: "Movement") -> str:
    mark = ">" if movement.is_subject else " "
    told = f"{show_quantity(movement.quantity)} {movement.item} at {movement.place}"
    unsure = ", before or after the count?" if movement.side == "unsure" else ""
    late = ", came late" if movement.is_late else ""
    return f" {mark} {ago(movement.at_us)}: {told} {movement.kind} {movement.operator}".rstrip() + late + unsure


def _say(context: click.Context, site: str, meant: "Said", *, as_json: bool) -> None:
    """Say a word, tell what came of it on each event, and end with 1 where it did not rule everywhere."""
    from sync.central.decisions import desk_administration as admin
    from sync.central.decisions.words_of_the_centre import WordMeant, say

    store = open_central(context.obj)
    where = admin.site_meant(store, inherited(context, site))
    heard = say(store, where, WordMeant(admin.new_order_id(), *meant), now_us())
    rows = [one._asdict() for one in heard] if as_json else heard
    show(rows, _came_of_it, as_json=as_json)
    if any(one.why for one in heard):
        context.exit(1)


class Said(NamedTuple):
    """A word on events, with what is said beside it."""

    word: str
    ids: tuple[str, ...]
    reason: str
    note: str
    naming: Naming | None = None


def _came_of_it(heard: "WordHeard") -> str:
    if not heard.why:
        return f"{heard.subject}: {heard.outcome or 'said'}"
    sentence = _WHY_NOT.get(heard.why, f"It does not rule: {heard.why}.").format(by=heard.by)
    return f"{heard.subject}: {sentence}"


_WHY_NOT = {
    "unknown_subject": "The centre has no such event.",
    "already_decided": "{by} has decided it before.",
    "not_waiting": "It does not wait for this word; 'central events show' says for which.",
    "unknown_unit": "The item has no such unit; leave it out for the base unit.",
    "still_held": "It still cannot be booked; import what it names first, or say void.",
    "booked_already": "It is in the book; take it out by an event that says it never happened.",
}


def _word(name: str, word: str, about: str) -> None:
    """Add the command of a word."""

    @events.command(name, help=about)
    @SITE
    @REASON
    @NOTE
    @AS_JSON
    @click.argument("ids", nargs=-1, required=True, metavar="ID...")
    @click.pass_context
    def said(context: click.Context, *, site: str, reason: str, note: str, as_json: bool, ids: tuple[str, ...]) -> None:
        _say(context, site, Said(word, ids, reason, note), as_json=as_json)


_word("seen", "seen", "Somebody has looked at these exceptions: they stay booked, and leave the list.")
_word("release", "release", "Book what is held at its own instant, as far as it can be booked by now.")
_word("void", "void", "What is held or quarantined never enters the book.")
_word("let-in", "let_in", "Judge what is quarantined as an event of a device that is trusted.")
_word("accept", "accept", "The book says what was counted, from its instant on; a closing is accepted as a whole.")
_word("reject", "reject", "What was counted is not taken; whoever counted is told.")
_word("recount", "recount", "Somebody else is to count it again, or to look for a missing plate; that decides nothing.")
_word("withdraw", "withdraw", "What was said of a count or an adjustment so far rules no more: it waits again.")


@events.command(help="Say which item an unknown code of a held event is: it is booked at its own instant then.")
@SITE
@REASON
@NOTE
@AS_JSON
@click.option("--code", required=True, help="The code that nobody knew, as 'central events show' tells it.")
@click.option("--item", required=True, help="The item that it is.")
@click.option("--unit", default="", help="The unit of the item that was scanned; the base unit where left out.")
@click.argument("case_id", metavar="ID")
@click.pass_context
def identify(
    context: click.Context, *, site: str, reason: str, note: str, as_json: bool, code: str, item: str, unit: str,
    case_id: str,
) -> None:  # fmt: skip
    _say(context, site, Said(IDENTIFY, (case_id,), reason, note, Naming(code, item, unit)), as_json=as_json)


@events.command(
    help="Have the places of these counted: exceptions, what is below zero, a serial that is twice (--json)."
)
@SITE
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_context
def count(context: click.Context, *, site: str, ids: tuple[str, ...]) -> None:
    from sync.central.decisions import desk_administration as admin
    from sync.central.tasks.task_requests import Request, ask_for

    store = open_central(context.obj)
    where = admin.site_meant(store, inherited(context, site))
    wanted = dict.fromkeys([_counted(admin.case(store, where, name).case) for name in ids])
    for place, item in wanted:
        ask_for(store, where, Request((place,), item), now_us())
        printed(f"To be counted: {place}{f', of it {item}' if item else ''}.")


def _counted(case: "Case") -> CountedInstead:
    """What is counted instead of a word on a case.

    Raises:
        CentralError: a word decides it.
    """
    if found := counted_instead(case):
        return found
    raise CentralError(f"No count decides {case.id}; 'central events show' says which words do.")
