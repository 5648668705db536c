"""Whether a place may be used: closed or the same it may not, and what is out of the ordinary is to be confirmed."""

from scanner_app.domain.catalog import LocationState
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.answers import Place
from scanner_app.workflows.questions.facts import KnownPlace, Mix
from scanner_app.workflows.questions.judgement import Judgement, doubt, doubted, refused

_MIXED = {Mix.ITEMS: say.MIXED_ITEMS, Mix.LOTS: say.MIXED_LOTS}


def use_place(
    known: KnownPlace, wall_us: int, other_than: str = "", put: str = "", more: list[Said] | None = None
) -> Judgement:
    """Take a place for an answer, unless it is closed or ``other_than``; ``more`` is said before other doubts."""
    if known.place == other_than:
        return refused(say.SAME_PLACE)
    if known.state is LocationState.CLOSED and not known.is_plate:
        return refused(say.CLOSED, place=known.place)
    if known.read_digits not in ("", known.digits):
        return refused(say.WRONG_DIGITS)
    digits = "" if known.read_digits else known.digits
    is_typed = known.is_typed and bool(digits)
    place = Place(known.place, wall_us, is_plate=known.is_plate, digits=digits, is_typed=is_typed)
    return doubted(place, [*(more or []), *_doubts(known, put)])


def see_place(known: KnownPlace, wall_us: int, done: str = "") -> Judgement:
    """Take a place that is only looked at, whatever its state; its digits are held against those on the label.

    The one that is ``done`` is taken when it is scanned once more.
    """
    if known.read_digits not in ("", known.digits):
        return refused(say.WRONG_DIGITS)
    digits = "" if known.read_digits else known.digits
    is_typed = known.is_typed and bool(digits)
    place = Place(known.place, wall_us, is_plate=known.is_plate, digits=digits, is_typed=is_typed)
    return doubted(place, [doubt(say.DONE_AGAIN, place=done)] if known.place == done else [])


def _doubts(known: KnownPlace, put: str) -> list[Said]:
    doubts = [doubt(say.PUT_AGAIN, place=put)] if known.place == put else []
    if known.state is not LocationState.OPEN:
        doubts.append(doubt(say.BLOCKED_AGAIN, place=known.at))
    if known.wants_plate:
        doubts.append(doubt(say.PLATES_ONLY))
    if known.mix:
        doubts.append(doubt(_MIXED[known.mix]))
    return doubts
