"""Rules of one claim, each broken on purpose: its order, doubt, limits, and whose goods it speaks of."""

from typing import Any

from msgspec.structs import replace

from scanner_app.domain.counting import count, doubt, fold, frozen, settle
from tests.counting.mutations.mutation import broken


@broken("facts are ordered by more than their time", fold, "_held", "11 a leg in the same")
def _(held: Any) -> Any:
    return lambda posted, before, key, at: held(posted, before, key, at._replace(sequence=2**62))


@broken("a leg near a claim is in doubt", doubt, "overlaps", "30 ")
def _(_overlaps: Any) -> Any:
    return lambda *_: False


@broken("within a device the order is known", doubt, "overlaps", "11 a leg in the same")
def _(overlaps: Any) -> Any:
    return lambda span, leg, most: overlaps(replace(span, device=""), leg, most)


@broken("a leg within a claim is in doubt on its own device, too", doubt, "overlaps", "32 ")
def _(overlaps: Any) -> Any:
    return lambda span, leg, most: span.device != leg.instant.device and overlaps(span, leg, most)


@broken("clocks are off", doubt, "overlaps", "44 ")
def _(overlaps: Any) -> Any:
    return lambda span, leg, _most: overlaps(span, leg, 0)


@broken("only so much of a clock's doubt counts", doubt, "overlaps", "a pick half an hour later")
def _(overlaps: Any) -> Any:
    return lambda span, leg, _most: overlaps(span, leg, 2**62)


@broken("a claim begins with its first line", count, "_span", "31 ")
def _(span: Any) -> Any:
    return lambda lines: replace(span(lines), begun_us=lines[-1].begun_us)


@broken("what is in doubt is not exact", settle, "_standing", "counted exactly, while")
def _(standing: Any) -> Any:
    return lambda claim, met, *word, **more: standing(claim, _sure(met), *word, **more)


@broken("a recount that agrees stands in doubt, too", settle, "_standing", "a recount in doubt agrees")
def _(standing: Any) -> Any:
    return lambda claim, met, word, agrees, is_unsaid: standing(
        claim, met, word, agrees=agrees and not met.is_in_doubt, is_unsaid=is_unsaid
    )


def _sure(met: Any) -> Any:
    return replace(met, below=0, above=0)


@broken("without a limit nothing is within", settle, "is_within", "6 closed empty and accepted key")
def _(_within: Any) -> Any:
    return lambda *_: True


@broken("every limit that is set must hold", settle, "is_within", "every limit that is set")
def _(within: Any) -> Any:
    return lambda limits, *rest: within(limits, *rest) or within(replace(limits, value=-1), *rest)


@broken("nothing counted is never within a percentage", settle, "is_within", "nothing counted is never")
def _(within: Any) -> Any:
    return lambda limits, counted, off: within(limits, counted or abs(off), off)


@broken("lines of one key are one claim, of which the percentage is taken", count, "_claim", "29 ")
def _(claim: Any) -> Any:
    return lambda id, lines: replace(claim(id, lines), quantity=lines[-1].quantity)


@broken("a serial is there once", count, "_claim", "a serial scanned twice")
def _(claim: Any) -> Any:
    return lambda id, lines: replace(claim(id, lines), quantity=sum(line.quantity for line in lines))


@broken("no value is known without a cost", frozen, "_is_worth_at_most", "a limit of value without")
def _(_worth: Any) -> Any:
    return lambda value, quantity, cost: quantity * cost <= value * 10**6


@broken(
    "goods of which nobody said whose they are wait",
    settle,
    "_is_otherwise",
    "28 on hold, counted without a word on status, l",
)
def _(_otherwise: Any) -> Any:
    return lambda *_: False


@broken(
    "so does what else their count says of them", fold, "settled", "28 on hold, counted without a word on status, c"
)
def _(settled: Any) -> Any:
    return lambda claim, met, around: settled(claim, met, around._replace(is_unsaid=False))


@broken("a serial on hold is looked for everywhere", settle, "_is_otherwise", "28 a serial on hold")
def _(otherwise: Any) -> Any:
    return lambda claim, part: not claim.key.serial and otherwise(claim, part)


@broken("what others own is looked at, not booked", settle, "_booked", "nobody said whose it is, the count was left")
def _(_booked: Any) -> Any:
    return lambda _claim, parts, stands: (replace(part, adjustment=part.variance * stands) for part in parts)


@broken("a serial that was counted is nowhere else", settle, "_booked", "9 a serial booked at one place")
def _(_booked: Any) -> Any:
    return lambda _claim, parts, stands: (part for part in parts if part.variance)


@broken("no claim speaks of an account", fold, "is_account", "9 a serial booked at one place")
def _(_account: Any) -> Any:
    return lambda _place: False
