"""Apply batches of pushed events: they become answers, stored events, stock and ledger, in the caller's transaction.

The statements are a handful whatever the size and the number of the batches. The site's counter row is locked first:
it serialises writers of one site, which makes versions and recorded numbers gapless and in the order of commits.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from scanner_app.domain.events.envelope import Envelope
from sync.central.book.counters import Counters, locked_counters, set_counters
from sync.central.book.plate_places import write_plates
from sync.central.book.posting import Posted
from sync.central.book.undoing import Undoing
from sync.central.counting.counting import keep_counts
from sync.central.events.decode import Arrival, read
from sync.central.events.reason import Reason
from sync.central.events.sender import Newest, Sender
from sync.central.events.stored import (
    Number,
    Stored,
    already_stored,
    keep_events,
)
from sync.central.intake.after_counts import HEARD, HeardOfCounts, after_counts
from sync.central.intake.annulments import Added, Decided, undoings
from sync.central.intake.answers import answers_to
from sync.central.intake.approval.approved import approved
from sync.central.intake.approval.approving import Approving
from sync.central.intake.approval.brought_back import above_limits
from sync.central.intake.claims import Batch, Claim, Claims, claims_of
from sync.central.intake.count_news import count_news
from sync.central.intake.deciding import Deciding, Speaking
from sync.central.intake.decisions import Decisions
from sync.central.intake.early_undos import early_among, judge_early, told_again
from sync.central.intake.event_case import EventCase, under
from sync.central.intake.known import Known
from sync.central.intake.look_up import known_of
from sync.central.intake.neighbours import newest_of
from sync.central.intake.over_limit import DoneBefore, over_limit
from sync.central.intake.quarantine_room import QuarantineRoom
from sync.central.intake.ruling import Ruling, asked_anew, known_after, quarantine, rule, with_exception
from sync.central.intake.settled_claims import settled
from sync.central.intake.worth import worths
from sync.protocol import Answer, Outcome


class _Booking(NamedTuple):
    """The events of a batch that count, in order, and what those of them do that annul another."""

    counted: list[Arrival]
    undone: list[Undoing]

    @property
    def annulled(self) -> list[Undoing]:
        """What annulments do; the others are words."""
        return [one for one in self.undone if not one.is_decided]


def read_batch(
    sender: Sender, payloads: Sequence[bytes], received_us: int, *, can_renumber: bool = False,
    is_set_aside: bool = False,
) -> Batch:  # fmt: skip
    """Read events; needs no database."""
    arrivals = [read(payload, sender.site) for payload in payloads]
    return Batch(sender, payloads, arrivals, received_us, can_renumber, is_set_aside)


def apply_batch(connection: Connection, sender: Sender, payloads: Sequence[bytes], received_us: int) -> list[Answer]:
    """Apply events in the order given; return one answer for each, in the same order."""
    batch, now = read_batch(sender, payloads, received_us), locked_counters(connection, sender.site)
    return apply_batches(connection, sender.site, [batch], now).answers[0]


class Applied(NamedTuple):
    """The answers to each batch, and the site's counters after them."""

    answers: list[list[Answer]]
    now: Counters


def apply_batches(connection: Connection, site: str, batches: Sequence[Batch], before: Counters) -> Applied:
    """Apply what devices of one site pushed, in the order given, as if it were one batch.

    ``before`` are the counters of the site, locked where there are events. An event that two of them hold is a
    duplicate in the later one.
    """
    if not any(batch.payloads for batch in batches):
        return Applied([[] for _ in batches], before)
    envelopes = [arrival.envelope for batch in batches for arrival in batch.arrivals if type(arrival) is Arrival]
    ids = {envelope.id for envelope in envelopes}
    stored, taken = already_stored(connection, site, ids, set(map(_number, envelopes)))
    claims = settled(connection, site, claims_of(batches, stored), stored)
    fresh = _first_of_each(claims, stored)
    known = _known(connection, site, fresh) if fresh else Known()
    approving = Approving(connection, site)
    judged = approved(approving, fresh, _rulings(fresh, known, taken, QuarantineRoom(connection, site)), known)
    counted = [claim.arrival for key, claim in fresh.items() if judged[key].counts]
    decisions = _decisions(Deciding(connection, site, before.word, approving), fresh, judged, known)
    rulings = decisions.told(judged)
    known = dataclasses.replace(known, operators={**known.operators, **decisions.operators})
    booking = _booking(connection, site, counted, decisions, known)
    is_limited = known.limited or booking.undone
    over = over_limit(connection, site, _done(fresh, judged, decisions, booking), known) if is_limited else set()
    for key in (over | above_limits(connection, site, booking.annulled, known)) & rulings.keys():
        rulings[key] = with_exception(rulings[key], Reason.OVER_LIMIT)
    approving.keep()
    kept, after = _posted(connection, site, fresh, rulings, before, booking=booking, decisions=decisions)
    applied = {key: kept[key] for key in fresh}
    after = after._replace(kept=before.kept + _keep(connection, site, fresh, applied))
    after = decisions.keep(connection, site, after, kept)
    after = _judged_again(connection, site, after, _Kept(fresh, applied, kept, decisions, known))
    news = count_news(*booking, fresh=fresh, rulings=rulings, decisions=decisions, known=known)
    after = keep_counts(connection, site, after, news)
    heard = [claim.arrival for key, claim in fresh.items() if rulings[key].outcome in HEARD]
    told = HeardOfCounts([*heard, *decisions.booked], booking.counted, booking.undone, decisions, known.maker)
    after = after_counts(connection, site, after, told, max(batch.received_us for batch in batches))
    if after != before:
        set_counters(connection, site, after)
    seen: Counter[str] = Counter()
    return Applied([answers_to(batch, stored, applied, seen) for batch in claims.batches], after)


class _Kept(NamedTuple):
    """What became of a batch: its events as they are ``applied``, and with those that its words changed, ``kept``."""

    fresh: dict[str, Claim]
    applied: dict[str, Stored]
    kept: dict[str, Stored]
    decisions: Decisions
    known: Known


def _judged_again(connection: Connection, site: str, before: Counters, batch: _Kept) -> Counters:
    """Judge those once more that came before what they name, if that is here now; ``applied`` is as they are then."""
    arrivals = {key: claim.arrival for key, claim in batch.fresh.items()}
    arrivals |= {key: whole for key, case in batch.decisions.cases.items() if (whole := case.read_with())}
    early = early_among(((arrivals[key], one) for key, one in batch.kept.items() if key in arrivals), batch.known)
    if not (early or batch.known.early):
        return before
    again = judge_early(connection, site, batch.known.early, early)
    batch.applied.update((one.case.id, one.kept) for one in again if one.case.id in batch.applied)
    now_us = max(claim.batch.received_us for claim in batch.fresh.values())
    return told_again(connection, site, before, [one for one in again if one.case.id not in batch.fresh], now_us)


def _first_of_each(claims: Claims, stored: dict[str, Stored]) -> dict[str, Claim]:
    fresh: dict[str, Claim] = {}
    for batch in claims.batches:
        for claim in batch:
            if isinstance(claim, Claim) and claim.key not in stored:
                fresh.setdefault(claim.key, claim)
    return fresh


def _known(connection: Connection, site: str, fresh: dict[str, Claim]) -> Known:
    return known_of(connection, site, (claim.arrival for claim in fresh.values()))


def _number(envelope: Envelope) -> Number:
    return envelope.device, envelope.epoch, envelope.sequence


def _rulings(fresh: dict[str, Claim], known: Known, taken: set[Number], room: QuarantineRoom) -> dict[str, Ruling]:
    """Decide each event; ``taken`` are the numbers that others have, and those of ``fresh`` afterwards."""
    rulings: dict[str, Ruling] = {}
    newest: dict[str, Newest] = {}
    for key, claim in fresh.items():
        envelope, batch = claim.arrival.envelope, claim.batch
        ruling = quarantine(envelope, batch.sender, is_taken=_number(envelope) in taken)
        if ruling is None:
            taken.add(_number(envelope))
            ruling = _ruled(claim, known, newest)
            known = known_after(known, claim.arrival, ruling)
        elif batch.can_renumber:
            ruling = asked_anew(ruling)
        if ruling.outcome is Outcome.QUARANTINED and not room.takes(batch.sender.device, len(claim.payload)):
            ruling = Ruling(Outcome.NOT_ACCEPTED, (Reason.QUARANTINE_FULL,))
        rulings[key] = ruling
    return rulings


def _ruled(claim: Claim, known: Known, newest: dict[str, Newest]) -> Ruling:
    """Decide an event that may be trusted; ``newest`` are those of each device within the batch, it among them then."""
    batch, sender = claim.batch, claim.batch.sender
    if batch.is_set_aside:
        return Ruling(Outcome.HELD, (Reason.NOT_BOOKABLE,))
    if seen := newest.get(sender.device):
        sender = replace(sender, newest=max(seen, sender.newest))
    newest[sender.device] = newest_of(claim.arrival, sender, batch.received_us)
    return rule(claim.arrival, known, sender, batch.received_us)


def _decisions(deciding: Deciding, fresh: dict[str, Claim], rulings: dict[str, Ruling], known: Known) -> Decisions:
    """Judge the words that events of the batch say, each about what arrived before it."""
    speaking = [
        Speaking(place, claim.arrival, claim.batch.received_us, claim.batch.sender.is_centre)
        for place, (key, claim) in enumerate(fresh.items())
        if rulings[key].counts and claim.arrival.fact and claim.arrival.fact.says
    ]
    if not speaking:
        return Decisions()
    cases = {key: _case(claim, rulings[key], place) for place, (key, claim) in enumerate(fresh.items())}
    return deciding.decided(speaking, cases, known)


def _case(claim: Claim, ruling: Ruling, place: int) -> EventCase:
    envelope = claim.arrival.envelope
    who = (claim.key, envelope.operator, envelope.device)
    return EventCase(*who, claim.batch.received_us, claim.payload, under(claim.key, claim.arrival), ruling, place)


def _booking(connection: Connection, site: str, counted: list[Arrival], decisions: Decisions, known: Known) -> _Booking:
    """What arrived and counts, and what was booked by words: of that nobody has asked yet what waits for it."""
    booked, turned = decisions.booked, decisions.turned
    waited = known.waited | {arrival.envelope.id for arrival in booked}
    together = [*counted, *booked]
    if not together:
        return _Booking([], [])
    back, gone = (
        {one.arrival.envelope.id: one.arrival for one, _ in turned if one.is_in is way} for way in (True, False)
    )
    decided = Decided(back, gone, {one.arrival.envelope.id: cause for one, cause in turned})
    return _Booking(together, undoings(connection, site, Added(together, waited, decided), known))


def _done(
    fresh: dict[str, Claim], rulings: dict[str, Ruling], decisions: Decisions, booking: _Booking
) -> Iterator[DoneBefore]:
    """What a batch does, and what it undoes; of what the centre does itself there are no limits."""
    for arrival in decisions.booked:
        if arrival.fact:
            yield DoneBefore(arrival.envelope.id, arrival.envelope, arrival.fact)
    for key, claim in fresh.items():
        if rulings[key].counts and claim.arrival.fact and not claim.batch.sender.is_centre:
            yield DoneBefore(key, claim.arrival.envelope, claim.arrival.fact)
    for undone in booking.undone:
        if undone.sign:
            yield DoneBefore(undone.cause, undone.envelope, undone.fact, undone.sign, is_undone=True)


def _posted(
    connection: Connection, site: str, fresh: dict[str, Claim], rulings: dict[str, Ruling], before: Counters,
    *, booking: _Booking, decisions: Decisions,
) -> tuple[dict[str, Stored], Counters]:  # fmt: skip
    """Book what may be booked; return each event as it is to be stored, and the counters afterwards.

    The events are those of the batch, and those of which its words made something.

    Every posted event is answered with the first version of this transaction: a row of that version or a later one
    contains all of it.
    """
    posted = Posted(booking.counted)
    for undoing in booking.undone:
        posted.undo(undoing)
    after = posted.write_stock(connection, site, before)
    version = write_plates(connection, site, booking.counted, booking.undone, after.version)
    first = min(before.version + 1, version)
    recorded, head = posted.write_ledger(connection, site, before)
    cases = decisions.cases
    all_rulings = rulings | {key: case.ruling for key, case in cases.items()}
    kept = {key: _stored(ruling, first, fresh.get(key), cases.get(key)) for key, ruling in all_rulings.items()}
    return kept, after._replace(version=version, recorded=recorded, head=head)


def _keep(connection: Connection, site: str, fresh: dict[str, Claim], applied: dict[str, Stored]) -> int:
    """Keep what was applied, with the worth of what waits for somebody, but not what is to be sent anew; how many."""
    kept = {key: stored for key, stored in applied.items() if stored.outcome not in _NOT_KEPT}
    waiting = [key for key, stored in kept.items() if stored.outcome is not Outcome.POSTED]
    worth = worths(connection, site, (fresh[key].arrival for key in waiting)) if waiting else {}
    kept |= {key: kept[key]._replace(**worth[fresh[key].arrival.envelope.id]._asdict()) for key in waiting}
    rows = ((key, fresh[key].arrival, fresh[key].batch.received_us, stored) for key, stored in kept.items())
    keep_events(connection, rows)
    return len(kept)


_NOT_KEPT = (Outcome.WAITING, Outcome.NOT_ACCEPTED)


def _stored(ruling: Ruling, first: int, claim: Claim | None, case: EventCase | None) -> Stored:
    """An event as it is to be stored; one that a word left in the book keeps its version."""
    if case is None:
        assert claim is not None
        sender = claim.batch.sender.device if ruling.outcome is Outcome.QUARANTINED else ""
        return Stored(claim.payload, ruling.outcome, ruling.reasons, first if ruling.counts else 0, sender=sender)
    stays = case.version if case.before and case.before.counts and case.place < 0 else first
    version = stays if ruling.counts else 0
    return Stored(case.payload, ruling.outcome, ruling.reasons, version, word=case.word, let_in=case.let_in)
