"""A count in words when it is opened: what was counted, what the book had then, who, and what comes of it."""

from collections.abc import Iterator, Mapping

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.domain.desk.case import Case, Movement, Opened
from scanner_app.domain.desk.mate import Mate
from scanner_app.domain.desk.opened_claim import BrokenLimit, DoubtfulLeg, OpenedClaim, Opposite, OtherClaim, Side
from scanner_app.domain.quantity import SCALE, show_quantity
from scanner_app.workflows.parts.money import in_money
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.part import Part, amount, code, name, number, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import claim_phrases as say
from scanner_app.workflows.supervise.shown_case import place

Words = Mapping[int, str]
"""Moments (us) as people say them."""


def moments(claim: OpenedClaim) -> Iterator[int]:
    """The moments that are told of a claim."""
    yield from (claim.begun_us, claim.ended_us, claim.recount_us)
    yield from (other.at_us for other in claim.others)
    yield from (leg.at_us for leg in claim.doubtful)
    yield from (device.told_us for device in claim.quiet)


def claim_lines(opened: Opened, claim: OpenedClaim, times: Words) -> Iterator[Shown]:
    """Always in one order: place and goods, counted, book then, difference, money; who and when; what comes of it."""
    case = opened.case
    yield Shown(parts=(code(place(case.place)), code(case.item)))
    yield Shown(labels.GOODS, parts=(name(case.name),))
    yield from (Shown(label, text) for label, text in _marks_of_goods(case) if text)
    yield Shown(say.L_COUNTED, parts=(amount(claim.counted, case.unit),))
    if claim.is_nothing:
        yield Shown(phrase=say.IS_NOTHING)
    yield Shown(say.L_BOOK_THEN, parts=(amount(claim.book, case.unit),))
    yield difference(case)
    yield from _money(case, claim) if case.quantity else ()
    yield from (_broken(limit) for limit in claim.broken if case.quantity or limit.what in say.TWO_COUNTS)
    yield Shown(say.L_BY, " ".join(claim.operators))
    yield Shown(say.L_FROM_TO, _span(times.get(claim.begun_us, ""), times.get(claim.ended_us, "")))
    yield from _what_comes(case, claim, times)


def _marks_of_goods(case: Case) -> tuple[tuple[Phrase, str], ...]:
    return (
        (labels.LOT, case.lot), (labels.SERIAL, case.serial),
        (labels.OWNER, _unless(case.owner, OWN)), (labels.STATUS, _unless(case.status, AVAILABLE)),
    )  # fmt: skip


def _unless(text: str, usual: str) -> str:
    """What is as usual is not told."""
    return "" if text == usual else text


def difference(case: Case) -> Shown:
    """How far a count is off, in words."""
    phrase = say.FEWER if case.quantity < 0 else say.MORE if case.quantity else say.SAME
    quantity = f"{show_quantity(abs(case.quantity))} {case.unit}".strip()
    return Shown(phrase=phrase, arguments={"quantity": quantity} if case.quantity else {})


def _money(case: Case, claim: OpenedClaim) -> Iterator[Shown]:
    percent = f"{claim.percent / SCALE:+.1f} %" if claim.percent >= 0 and claim.counted else ""
    percent = percent.replace("+", "-") if case.quantity < 0 else percent
    money = in_money(case.signed_value) if case.value else ""
    if percent or money:
        yield Shown(parts=(number(percent), number(money)))


def _broken(limit: BrokenLimit) -> Shown:
    """Why it waits; where there is no difference, no limit is why."""
    if limit.what in say.TWO_COUNTS:
        return Shown(phrase=say.TWO_COUNTS[limit.what])
    phrase = say.LIMITS.get(limit.what, say.NO_LIMIT)
    arguments = {"limit": f"{limit.limit / SCALE:,g}"} if limit.what in ("percent", "quantity", "value") else {}
    return Shown(say.L_OVER, phrase=phrase, arguments=arguments)


def _span(begun: str, ended: str) -> str:
    return begun if begun == ended else f"{begun}-{ended}"


def _what_comes(case: Case, claim: OpenedClaim, times: Words) -> Iterator[Shown]:
    """What the book has and will have, and whatever makes that less sure."""
    for label, quantity in ((say.L_BOOK_NOW, claim.book_now), (say.L_AFTER, claim.book_after)):
        yield Shown(label, parts=(amount(quantity, case.unit),))
    if claim.was_shown is not None:
        yield Shown(phrase=say.WAS_SHOWN, arguments={"quantity": signed(claim.was_shown)})
    for what in claim.unsaid:
        yield Shown(phrase=say.UNSAID_OF, arguments={"what": what})
    yield from (Shown(say.L_WITH_IT, parts=opposite_parts(mate, case.unit)) for mate in case.mates)
    for leg in claim.doubtful:
        yield from _doubt(leg, times)
    yield from (Shown(say.L_ELSEWHERE, parts=opposite_parts(opposite, case.unit)) for opposite in claim.opposites)
    yield from (Shown(say.L_BESIDE, parts=_other(other, times)) for other in claim.others)
    yield from (Shown(say.L_NOT_AT, place(zero)) for zero in claim.zeros)
    if claim.quiet:
        since = times.get(min(device.told_us for device in claim.quiet), "")
        yield quiet_since(len(claim.quiet), since)
    if (claim.doubtful or claim.quiet) and not claim.recount_us:
        yield Shown(phrase=say.RECHECK)
    if claim.recount_us:
        yield Shown(phrase=say.RECOUNT_OPEN, arguments={"who": claim.recount_not_by})
    yield Shown(say.L_MAY, " ".join(claim.may_decide))


def quiet_since(devices: int, since: str) -> Shown:
    """How many devices have not told all, and since when; nothing was ever heard of some."""
    phrase = say.QUIET_SINCE if since else say.QUIET
    return Shown(phrase=phrase, arguments={"count": f"{devices}", "time": since})


def _doubt(leg: DoubtfulLeg, times: Words) -> Iterator[Shown]:
    yield Shown(parts=(code(times.get(leg.at_us, "")), number(signed(leg.quantity)), code(leg.operator)))
    yield Shown(phrase=say.BEFORE_OR_AFTER)
    yield Shown(phrase=say.IF_BEFORE, arguments={"quantity": signed(leg.before)})
    yield Shown(phrase=say.IF_AFTER, arguments={"quantity": signed(leg.after)})


def opposite_parts(opposite: Opposite | Mate, unit: str) -> tuple[Part, ...]:
    """The same goods that differ otherwise: where, or as what."""
    usual = (_unless(opposite.owner, OWN), _unless(opposite.status, AVAILABLE))
    lot = opposite.lot if isinstance(opposite, Opposite) else ""
    what = " ".join(filter(None, (lot, *usual)))
    return number(f"{signed(opposite.quantity)} {unit}".strip()), code(place(opposite.place)), name(what)


def _other(other: OtherClaim, times: Words) -> tuple[Part, ...]:
    state = say.STATES.get(other.state, say.OTHER_STATE)
    who = f"{times.get(other.at_us, '')} {other.operator}".strip()
    return code(who), number(show_quantity(other.counted)), verdict(state, {"state": other.state})


def signed(quantity: int) -> str:
    """A change in micro-units, with its sign.

    >>> signed(3_000_000), signed(-500_000), signed(0)
    ('+3', '-0.5', '0')
    """
    return f"+{show_quantity(quantity)}" if quantity > 0 else show_quantity(quantity)


def movement_lines(movements: tuple[Movement, ...], times: Words) -> Iterator[Shown]:
    """What happened around a count, with a bar where it was."""
    is_behind = False
    for movement in movements:
        if movement.side == Side.AFTER and not is_behind:
            is_behind = True
            yield Shown(phrase=say.HERE)
        yield Shown(parts=_movement(movement, times))
    if movements and not is_behind:
        yield Shown(phrase=say.HERE)


def _movement(movement: Movement, times: Words) -> tuple[Part, ...]:
    said = [say.LATE] if movement.is_late else []
    said += [say.SIDES[movement.side]] if movement.side in say.SIDES else []
    who = code(movement.operator)
    return (code(times.get(movement.at_us, "")), number(signed(movement.quantity)), who, *map(verdict, said))
