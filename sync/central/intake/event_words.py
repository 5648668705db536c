"""What words do to an event: seen, release, void, let in, identified, withdraw. Pure, but for what it is given to know.

An event that is in the book is taken out by ``annulled`` alone; so is one that a word has brought there, and that word
is not withdrawn. Releasing lifts what only says who may do what; what cannot be booked stays out all the same.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from scanner_app.domain.events.decided import Word
from scanner_app.domain.events.saying import IDENTIFY
from sync.central.events.aside import is_aside
from sync.central.events.decode import Arrival
from sync.central.events.reason import Reason
from sync.central.events.sender import Sender
from sync.central.intake.event_case import EventCase
from sync.central.intake.known import Known
from sync.central.intake.ruling import Ruling, once_arrived, rule
from sync.central.words.identified_codes import Code
from sync.central.words.word_verdict import WordSaid
from sync.protocol import Outcome

LIFTED = frozenset(
    {
        Reason.NOT_OWN,
        Reason.UNKNOWN_OPERATOR,
        Reason.FROM_NOT_ALLOWED,
        Reason.TO_NOT_ALLOWED,
        Reason.HAND_NOT_OWN,
    }
)
"""Why an event is held until somebody who may decide lets it be booked all the same."""
CONCERNING = frozenset({Word.RELEASE, Word.LET_IN, IDENTIFY})
"""Whoever says one of these has a part in what becomes of the event, and does not decide about it again."""


class Effect(NamedTuple):
    """What a word makes of an event, or ``why`` it can make nothing of it. ``is_settled``: nobody need look again."""

    ruling: Ruling | None = None
    why: str = ""
    is_settled: bool = True
    let_in: bool = False


def takers(said: Sequence[WordSaid]) -> frozenset[str]:
    """The persons who have had a part in what became of an event, since all that was said was taken back."""
    withdrawn = [at for at, one in enumerate(said) if one.word == Word.WITHDRAW]
    return frozenset(one.person for one in said[withdrawn[-1] + 1 if withdrawn else 0 :] if one.word in CONCERNING)


_NOT_WAITING = Effect(why=Reason.NOT_WAITING)


def effect(case: EventCase, word: str, known: Known, code: Code | None = None) -> Effect:
    """Say what ``word`` does to an event by all that is ``known`` now."""
    return _WORDS[word](case, known, code)


def _seen(case: EventCase, _known: Known, _code: Code | None) -> Effect:
    waits = case.outcome is Outcome.EXCEPTIONS and case.word == 0
    return Effect(case.ruling, let_in=case.let_in) if waits else _NOT_WAITING


def _void(case: EventCase, _known: Known, _code: Code | None) -> Effect:
    """What waits to be accepted is rejected, by a word on the adjustment."""
    is_its = case.outcome in (Outcome.HELD, Outcome.QUARANTINED)
    return Effect(Ruling(Outcome.VOID, case.ruling.reasons)) if is_its else _NOT_WAITING


def _release(case: EventCase, known: Known, _code: Code | None) -> Effect:
    if case.outcome is not Outcome.HELD:
        return _NOT_WAITING
    ruling = judged_again(case, case.read_with(), known)
    if not ruling.counts and set(ruling.reasons) <= LIFTED:
        ruling = Ruling(Outcome.EXCEPTIONS, ruling.reasons)
    return Effect(ruling, let_in=case.let_in) if ruling.counts else Effect(why=Reason.STILL_HELD)


def _let_in(case: EventCase, known: Known, _code: Code | None) -> Effect:
    """What stands aside never enters the book: its id is that of another event."""
    if case.outcome is not Outcome.QUARANTINED:
        return _NOT_WAITING
    if is_aside(case.id):
        return Effect(why=Reason.PAYLOAD_DIFFERS)
    ruling = judged_again(case, case.read_with(), known)
    return Effect(ruling, is_settled=ruling.counts, let_in=True)


def _identified(case: EventCase, known: Known, code: Code | None) -> Effect:
    """What nobody knew is something; a line of a count that was identified may be something else, by a later word."""
    if code is None or not _may_be_identified(case, code.code):
        return _NOT_WAITING
    ruling = judged_again(case, case.read_with(code), known)
    if case.ruling.counts and not ruling.counts:
        return Effect(why=Reason.STILL_HELD)
    return Effect(ruling, is_settled=ruling.counts, let_in=case.let_in)


def _withdraw(case: EventCase, known: Known, _code: Code | None) -> Effect:
    """Nothing that was said on it rules any more; what a word has booked is not withdrawn.

    What it named without anybody knowing that may have come since.
    """
    first = _once_arrived(case, case.first, known)
    if not case.said or case.said[-1].word == Word.WITHDRAW:
        return _NOT_WAITING
    if case.outcome.is_booked and not first.counts:
        return Effect(why=Reason.BOOKED_ALREADY)
    return Effect(first, is_settled=False)


def _once_arrived(case: EventCase, first: Ruling, known: Known) -> Ruling:
    fact = case.arrival.fact if case.arrival else None
    return once_arrived(first, known.maker(case.operator), known.targets.get(fact.undoes) if fact else None)


def _may_be_identified(case: EventCase, code: str) -> bool:
    """Say whether somebody may say what a code of an event is: it waits for that, or it is a line that did.

    A line moves nothing, so that its claim alone follows; a move that is in the book is undone, and made anew.
    """
    if case.outcome is Outcome.HELD:
        return _names(case.read_with(), code) or _names(case.arrival, code)
    is_line = case.arrival is not None and case.arrival.fact is not None and case.arrival.fact.line is not None
    return is_line and case.ruling.counts and any(one.code == code for one in case.codes)


def _names(arrival: Arrival | None, item: str) -> bool:
    fact = arrival.fact if arrival else None
    if fact is None:
        return False
    return bool(fact.line and fact.line.key.item == item) or any(leg.source.item == item for leg in fact.legs)


def judged_again(case: EventCase, arrival: Arrival | None, known: Known) -> Ruling:
    """Judge an event as one of a device that is trusted, as it arrived then, by what is known now."""
    if arrival is None:
        return case.ruling
    envelope = arrival.envelope
    trusted = Sender(envelope.site, envelope.device, envelope.epoch)
    return rule(arrival, known, trusted, case.received_us)


_Do = Callable[[EventCase, Known, Code | None], Effect]
_WORDS: dict[str, _Do] = {
    Word.SEEN: _seen,
    Word.RELEASE: _release,
    Word.VOID: _void,
    Word.LET_IN: _let_in,
    Word.WITHDRAW: _withdraw,
    IDENTIFY: _identified,
}
APPLYING = frozenset(_WORDS)
"""What may be said of an event."""
