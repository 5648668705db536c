"""A model of words on events in plain Python: whether one is valid, and what it makes of an outcome."""

from collections.abc import Sequence

from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import in_hand, is_in_hand
from sync.protocol import Outcome
from tests.sync.simulated.centre import ODD_PLACE, SUPERVISORS, SaidWord

_TAKING = ("release", "let_in")


def ruled(event: Event) -> Outcome:
    """What becomes of an event of a device that is trusted, before anybody says a word."""
    places = {key.place for leg in event.fact.legs for key in (leg.source, leg.target)}
    if any(is_in_hand(place) and place != in_hand(event.operator) for place in places):
        return Outcome.HELD
    is_odd = ODD_PLACE in places or (isinstance(event.fact, Decided) and event.operator not in SUPERVISORS)
    return Outcome.EXCEPTIONS if is_odd else Outcome.POSTED


def why_not(author: str, seen: int, maker: str, said: Sequence[tuple[SaidWord, str]]) -> str:
    """Why a word is not valid, by those on the same event that are, each with its author."""
    withdrawn = [at for at, (one, _) in enumerate(said) if one.word == "withdraw"]
    since = said[withdrawn[-1] + 1 if withdrawn else 0 :]
    if author not in SUPERVISORS:
        return "no_right"
    if author in {maker, *(by for one, by in since if one.word in _TAKING)}:
        return "own"
    is_late = any(by != author and one.number > seen for one, by in said)
    return "already_decided" if is_late else ""


def made_of(word: str, now: Outcome, again: Outcome, said: Sequence[SaidWord], *, is_settled: bool) -> Outcome | None:
    """What a valid word makes of an event that is ``now``, and judged ``again`` would be another; None for nothing."""
    first = said[0].before if said else now
    if word == "seen" and now is Outcome.EXCEPTIONS and not is_settled:
        return now
    if word == "void" and now.waits_for_somebody:
        return Outcome.VOID
    if word == "release" and now is Outcome.HELD:
        return Outcome.EXCEPTIONS
    if word == "let_in" and now is Outcome.QUARANTINED:
        return again
    can_withdraw = bool(said) and said[-1].word != "withdraw" and not (now.is_booked and first and not first.is_booked)
    return first if word == "withdraw" and can_withdraw else None
