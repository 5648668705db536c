"""One walk: over the claims of one item and lot at a place, or of one serial, once, in order of instants."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.doubt import Doubt, doubt_of, other_way, overlaps
from scanner_app.domain.counting.posted import Change, Posted
from scanner_app.domain.counting.recount import agrees, lying_between, recounted
from scanner_app.domain.counting.settle import Around, settled
from scanner_app.domain.counting.state import Kept, Part, Row, State
from scanner_app.domain.counting.word import ClaimWord, words_on
from scanner_app.domain.ledger import StockKey, is_account

_END = Instant(2**63, "", 0, 0, 0)


class _Stop(NamedTuple):
    """A claim on the way: as it ``was`` kept, or what each key held that a new one ``met``; ``is_gone``: it leaves.

    At one instant what leaves stops behind the others: what it booked lies at that instant, not before.
    """

    instant: Instant
    is_gone: bool
    key: StockKey
    claim: Claim
    was: State | None
    met: Mapping[StockKey, int]


class OneWalk:
    """What is carried from claim to claim, by key, and what comes of it.

    Two things are carried: what was ``posted`` anew, which new claims have met already, and what is ``adjusted`` anew,
    which none has.
    """

    def __init__(self, words: Mapping[str, Sequence[ClaimWord]], touched: set[str]) -> None:
        self._words = words
        self._touched = touched
        self._stops: list[_Stop] = []
        self._changes: list[Change] = []
        self._near: list[Posted] = []
        self._posted: dict[StockKey, int] = defaultdict(int)
        self._adjusted: dict[StockKey, int] = defaultdict(int)
        self._behind: list[Kept] = []
        self._unsaid: set[str] = set()
        self._rows: dict[tuple[str, StockKey, Instant], int] = defaultdict(int)
        self.changed: list[Kept] = []

    def keep(self, kept: Kept, *, is_gone: bool) -> None:
        self._stops.append(_Stop(kept.claim.instant, is_gone, kept.claim.key, kept.claim, kept.state, {}))

    def meet(self, claim: Claim, met: Mapping[StockKey, int]) -> None:
        self._stops.append(_Stop(claim.instant, False, claim.key, claim, None, met))

    def change(self, change: Change) -> None:
        self._changes.append(change)

    def near(self, leg: Posted) -> None:
        self._near.append(leg)

    @property
    def carries(self) -> bool:
        """Say whether something is left that a claim further on would meet."""
        return any(self._carried(key) for key in {*self._posted, *self._adjusted})

    def reaches_behind(self, until: Instant) -> bool:
        """Say whether something is new, or gone, behind the claims that it was given: others may lie between."""
        return any(stop.instant > until for stop in self._stops)

    @property
    def rows(self) -> list[Row]:
        """What is to be written, by claim and key, each where the claim is or was."""
        rows = (Row(claim, key, quantity, at) for (claim, key, at), quantity in self._rows.items() if quantity)
        return sorted(rows, key=lambda row: (row.instant, row.claim, row.key))

    def walk(self) -> None:
        stops = sorted(self._stops, key=lambda stop: stop[:3])
        start = self._start(stops)
        changes = sorted(self._changes, key=lambda change: change.posted.instant)
        for stop in stops:
            while changes and changes[0].posted.instant < stop.instant:
                self._post(changes.pop(0))
            if stop.is_gone:
                self._leave(stop)
            elif stop.instant < start and stop.was is not None:
                self._go_on(Kept(stop.claim, stop.was))
            else:
                self._pass(stop)
        for change in changes:
            self._post(change)

    def _start(self, stops: Iterable[_Stop]) -> Instant:
        """Where the earliest claim lies that is new, gone, spoken of, behind a change, or overlapped by one."""
        first = min((change.posted.instant for change in self._changes), default=None)
        affected = [stop.instant for stop in stops if self._is_affected(stop, first)]
        return min(affected, default=_END)

    def _is_affected(self, stop: _Stop, first: Instant | None) -> bool:
        if stop.is_gone or stop.was is None or not self._touched.isdisjoint((stop.claim.id, stop.claim.version)):
            return True
        return first is not None and (first < stop.instant or any(self._overlapping(stop.claim)))

    def _overlapping(self, claim: Claim) -> Iterable[Change]:
        legs = (change for change in self._changes if claim.is_serial or change.posted.key == claim.key)
        return (change for change in legs if overlaps(claim.span, change.posted, claim.frozen.doubt_us))

    def _post(self, change: Change) -> None:
        self._posted[change.posted.key] += change.quantity

    def _leave(self, stop: _Stop) -> None:
        self._book(stop.claim, stop.was or State(), State())

    def _pass(self, stop: _Stop) -> None:
        claim, was = stop.claim, stop.was
        met = self._met(claim, stop.met) if was is None else self._corrected(claim, was)
        state = settled(claim, met, self._around(claim, met))
        self._book(claim, was or State(), state)
        self._go_on(Kept(claim, state))
        if state != was:
            self.changed.append(Kept(claim, state))

    def _go_on(self, kept: Kept) -> None:
        self._behind.append(kept)
        if kept.state.is_unsaid:
            self._unsaid.add(kept.claim.count)

    def _met(self, claim: Claim, held: Mapping[StockKey, int]) -> State:
        """What a new claim found: it has met the postings, and is corrected by what is adjusted anew."""
        doubts = {key: doubt_of(claim, legs) for key, legs in self._near_by_key(claim).items()}
        variance = claim.quantity - held.get(claim.key, 0) - self._adjusted[claim.key]
        keys = {*held, *self._adjusted, *doubts} if claim.looks_around else set()
        parts = [
            Part(
                key,
                -held.get(key, 0) - self._adjusted[key],
                0,
                *(doubts.get(key, Doubt()) if claim.is_serial else Doubt()),
            )
            for key in self._others(claim, keys)
        ]
        own = doubts.get(claim.key, Doubt())
        return State(variance, below=own.below, above=own.above, parts=tuple(parts))

    def _near_by_key(self, claim: Claim) -> dict[StockKey, list[Posted]]:
        legs: dict[StockKey, list[Posted]] = {}
        for leg in self._near:
            if claim.is_serial or leg.key == claim.key:
                legs.setdefault(leg.key, []).append(leg)
        return legs

    def _corrected(self, claim: Claim, was: State) -> State:
        """What a claim finds that was kept: all that is carried corrects it, legs that overlap it change its doubt."""
        doubts: dict[StockKey, Doubt] = defaultdict(Doubt)
        for change in self._overlapping(claim):
            effect = other_way(claim.instant, change.posted)
            doubts[change.posted.key] = doubts[change.posted.key].plus(effect, change.sign)
        own = doubts[claim.key]
        parts = self._corrected_parts(claim, was, doubts) if claim.looks_around else ()
        variance = was.variance - self._carried(claim.key)
        return replace(was, variance=variance, below=was.below + own.below, above=was.above + own.above, parts=parts)

    def _corrected_parts(self, claim: Claim, was: State, doubts: Mapping[StockKey, Doubt]) -> tuple[Part, ...]:
        before = {part.key: part for part in was.parts}
        keys = self._others(claim, {*before, *self._posted, *self._adjusted, *doubts})
        return tuple(self._corrected_part(before.get(key, Part(key)), doubts.get(key, Doubt())) for key in keys)

    def _corrected_part(self, was: Part, doubt: Doubt) -> Part:
        below, above = was.below + doubt.below, was.above + doubt.above
        return replace(was, variance=was.variance - self._carried(was.key), below=below, above=above)

    def _others(self, claim: Claim, keys: Iterable[StockKey]) -> list[StockKey]:
        return sorted(key for key in keys if key != claim.key and not is_account(key.place))

    def _carried(self, key: StockKey) -> int:
        return self._posted.get(key, 0) + self._adjusted.get(key, 0)

    def _around(self, claim: Claim, met: State) -> Around:
        return Around(words_on(claim, self._words), claim.count in self._unsaid, self._agrees(claim, met))

    def _agrees(self, claim: Claim, met: State) -> bool:
        """Whether it agrees with what it recounts. The legs between: what it found more, but for what was adjusted."""
        first = recounted(claim, self._behind)
        if first is None:
            return False
        between = lying_between(first, claim, self._behind)
        adjusted = sum(booked_on(one, claim.key) for one in (first, *between))
        found = claim.quantity - met.variance - (first.claim.quantity - first.state.variance)
        return agrees(claim, first, between, found - adjusted)

    def _book(self, claim: Claim, was: State, now: State) -> None:
        """Write what a claim books anew, and carry it on."""
        more = {claim.key: now.adjustment - was.adjustment}
        for part in now.parts:
            more[part.key] = more.get(part.key, 0) + part.adjustment
        for part in was.parts:
            more[part.key] = more.get(part.key, 0) - part.adjustment
        for key, quantity in more.items():
            if quantity:
                self._adjusted[key] += quantity
                self._rows[claim.id, key, claim.instant] += quantity


def booked_on(kept: Kept, key: StockKey) -> int:
    """What a claim booked on a key."""
    own = kept.state.adjustment if kept.claim.key == key else 0
    return own + sum(part.adjustment for part in kept.state.parts if part.key == key)
