"""Walking: one walk over the claims of all goods that a batch touches, and what of it is kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection

from scanner_app.domain.accuracy.counted_line import differences
from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, Goods, goods_of
from scanner_app.domain.counting.count import CountClosing
from scanner_app.domain.counting.posted import Change, Posted
from scanner_app.domain.counting.state import Kept, Standing, State
from scanner_app.domain.counting.walk import News, Walked, Window, walk
from scanner_app.domain.ledger import StockKey, is_account
from sync.central.book.before import Before
from sync.central.book.counters import Counters
from sync.central.book.posting import instant_of
from sync.central.counting.claim_rows import FirstSeen, goods_name, keep_claims, kept_of, row_of
from sync.central.counting.claim_words import said_of
from sync.central.counting.definitions import Defined, Definitions, Held
from sync.central.counting.first_met import FirstMet
from sync.central.counting.news import unsure_us
from sync.central.counting.recounts import Firsts
from sync.central.counting.shown import standing_of
from sync.central.counting.windows import END_US, NOTHING_LOADED, Loaded, Span, Windows
from sync.central.events.stored import NO_WORD

_Keys = Mapping[Goods, Collection[StockKey]]
_NOTHING = Held(0, "")


class Touched(NamedTuple):
    """What a batch touches: claims that it ``defined`` anew, goods by their ``spans`` of time, ``changes`` of the book.

    On the claims ``spoken`` something was said. ``closings`` are those that speak, of the counts that it is about;
    ``keys`` are those of which one claims something on which as a whole something was said. Around the spans
    ``looked`` it is known already how far claims reach. It is ``now_us``.
    """

    definitions: Definitions
    defined: Defined
    spans: Mapping[str, Span] = {}
    changes: Sequence[Change] = ()
    spoken: Collection[str] = ()
    closings: Sequence[CountClosing] = ()
    keys: Collection[StockKey] = ()
    looked: Mapping[str, Span] = {}
    now_us: int = END_US


class Walking:
    """A walk over the claims of a site within one transaction."""

    def __init__(self, connection: Connection, site: str, before: Counters, touched: Touched) -> None:
        self._connection = connection
        self._site = site
        self._before = before
        self._touched = touched
        self._rows: dict[str, Any] = dict(touched.defined.rows)
        self._limits = FirstMet(connection, site, touched.defined.new, touched.defined.rows, touched.now_us)
        self._new = [self._limits.limited(claim) for claim in touched.defined.new]
        self._defined = {claim.id for claim in touched.defined.new}
        self._keys: _Keys = {}
        self._now: Mapping[StockKey, Held] = {}
        """What those keys hold that have a row of stock."""
        self._loaded = NOTHING_LOADED

    @cached_property
    def _book(self) -> Before:
        """The book before instants: only who has to meet something pays for it."""
        return Before(self._connection, self._site, self._before.recorded)

    def walk(self) -> Walked:
        """Walk, over ever wider windows until nothing is carried out of them."""
        windows = Windows(self._connection, self._site, self._touched.spans, self._new, self._touched.looked)
        firsts = Firsts(self._connection, self._site)
        while True:
            loaded = self._loaded = windows.load()
            new = self._met_anew(loaded)
            claims = [*new, *(one.claim for one in loaded.kept)]
            if windows.reach_mates(new, loaded) or windows.reach(firsts.beyond(claims, {one.id for one in claims})):
                continue
            walked = self._walked(loaded, new)
            if not walked.unended:
                return walked
            windows.widen()

    def _met_anew(self, loaded: Loaded) -> list[Claim]:
        """The claims that have met nothing yet: those that are new, and those of closings that are not kept."""
        self._rows |= loaded.rows
        named = {claim.key for claim in self._new} | {change.posted.key for change in self._changes(loaded)}
        named |= {*self._touched.keys, *(key for one in loaded.kept for key in _keys_of(one))}
        self._keys = self._by_goods(named)
        return [*self._new, *self._unkept(self._keys, loaded)]

    def _changes(self, loaded: Loaded) -> list[Change]:
        return [change for change in self._touched.changes if goods_name(change.posted.key) in loaded.spans]

    def _walked(self, loaded: Loaded, new: Sequence[Claim]) -> Walked:
        keys, changes = self._keys, self._changes(loaded)
        spoken = [*new, *(one.claim for one in loaded.kept if one.claim.id in loaded.said)]
        words = said_of(self._connection, self._site, spoken)
        window = Window(loaded.kept, words, loaded.until)
        met = self._met(new, keys)
        gone = self._touched.defined.gone
        return walk(window, News(changes, gone, new, met, self._near(new, keys), self._touched.spoken))

    def _by_goods(self, named: Iterable[StockKey]) -> _Keys:
        """All keys of goods that the book ever had, and those that are named."""
        keys: dict[Goods, set[StockKey]] = {}
        for key in named:
            keys.setdefault(goods_of(key), set()).add(key)
        self._now = self._touched.definitions.known_keys(keys)
        for key in self._now:
            keys[goods_of(key)].add(key)
        return {goods: sorted(key for key in of_goods if not is_account(key.place)) for goods, of_goods in keys.items()}

    def _unkept(self, keys: _Keys, loaded: Loaded) -> list[Claim]:
        """What closings claim within the windows that is not kept, as it made no difference so far."""
        spans = {key: loaded.spans[goods_name(key)] for of_goods in keys.values() for key in of_goods}
        defined = self._touched.defined
        known = {*loaded.rows, *defined.gone, *(claim.id for claim in defined.new)}
        made = [claim for claim in self._touched.definitions.closed_before(spans, spans) if claim.id not in known]
        limits = FirstMet(self._connection, self._site, made, self._rows, self._touched.now_us)
        self._limits.learn(limits)
        return [limits.limited(claim) for claim in made]

    def _met(self, new: Sequence[Claim], keys: _Keys) -> Mapping[str, Mapping[StockKey, int]]:
        """What the keys held that new claims look at."""
        asked = [(claim, key) for claim in new for key in _looked_at(claim, keys)]
        if not asked:
            return {}
        met: dict[str, dict[StockKey, int]] = {claim.id: {} for claim in new}
        now = self._now
        balances = self._book.balances([(key, claim.instant, now.get(key, _NOTHING).quantity) for claim, key in asked])
        for (claim, key), held in zip(asked, balances, strict=True):
            met[claim.id][key] = held
        return met

    def _near(self, new: Sequence[Claim], keys: _Keys) -> list[Posted]:
        """The legs that may overlap new claims."""
        asked = []
        for claim in new:
            span, doubt_us = claim.span, claim.frozen.doubt_us
            unsure = min(span.uncertainty_us, doubt_us) + doubt_us
            at = (span.begun_us - unsure, span.instant.time_us + unsure)
            asked += [(key, *at) for key in (_looked_at(claim, keys) if claim.is_serial else (claim.key,))]
        return [Posted(*leg) for leg in self._book.near(asked)] if asked else []

    def keep(self, walked: Walked) -> None:
        """Keep the claims whose state is another now, and of those that are gone that they are."""
        rows = {}
        for id in self._touched.defined.gone:
            bare = Kept(kept_of(self._rows[id]).claim, State())
            rows[id] = self._row(bare, is_alive=False)
        for kept in walked.kept:
            if self._is_kept(kept):
                rows[kept.claim.id] = self._row(kept, is_alive=True)
        fresh = self._defined - self._rows.keys()
        keep_claims(
            self._connection,
            [row for id, row in rows.items() if id in fresh],
            [row for id, row in rows.items() if id not in fresh],
        )

    def _is_kept(self, kept: Kept) -> bool:
        """A claim of a closing that makes no difference is not kept, unless it did once, or hides what was before."""
        return not kept.is_idle or kept.claim.id in self._rows or kept.state.word != NO_WORD

    def _is_shown_anew(self, kept: Kept) -> bool:
        """Say whether a claim is another, or stands, waits or is looked at again otherwise than its row says.

        That of a serial speaks of keys, too, that came into the book since.
        """
        row = self._rows.get(kept.claim.id)
        if row is None or not row.is_alive or kept.claim.is_serial or kept.claim.id in self._defined:
            return True
        return (row.standing, bool(row.is_for_review)) != (kept.state.standing.value, kept.state.is_for_review)

    def _row(self, kept: Kept, *, is_alive: bool) -> tuple[Any, ...]:
        row = self._rows.get(kept.claim.id)
        is_waiting = kept.state.standing is Standing.WAITING
        was_listed = bool(row and row.is_listed) and (is_waiting or not is_alive)
        is_listed = was_listed or kept.state.is_for_review or (is_waiting and kept.claim.frozen.is_ahead)
        return row_of(self._site, kept, self._seen(kept, row), is_alive=is_alive, is_listed=is_listed)

    def _seen(self, kept: Kept, row: Any) -> FirstSeen:
        """What is kept of when it was met; what nobody kept, as it made no difference, was met with none."""
        claim, is_met_now = kept.claim, kept.claim.id in self._defined
        met = differences(kept)[0] if is_met_now else row.met if row else 0
        return FirstSeen(row.zone, row.abc, met) if row else self._limits.seen(claim, met)

    def keys(self, walked: Walked) -> set[StockKey]:
        """The keys of which another claim may stand, or wait, than before: of a serial all that it ever had."""
        kept = [one for one in walked.kept if self._is_kept(one) and self._is_shown_anew(one)]
        kept += [kept_of(self._rows[id]) for id in self._touched.defined.gone]
        keys = {key for one in kept for key in _keys_of(one)}
        serials = {goods for goods in map(goods_of, keys) if goods.serial}
        return keys | {key for goods in serials for key in self._keys.get(goods, ())}

    def claimed(self, walked: Walked, keys: Collection[StockKey]) -> Mapping[StockKey, Instant | None]:
        """The instants of the latest standing claims of some keys, where their rows of stock have others, or none.

        Of whatever somebody claims something there is a row: a closing finds it by that. Where a window reaches to the
        last claim of some goods, one that stands within it is the latest; for the others the store is asked.
        """
        standing: dict[StockKey, Instant | None] = self._standing(walked)
        unknown = [key for key in keys if key not in standing]
        standing |= standing_of(self._connection, self._site, unknown)
        before = {key: instant_of(held.claimed) for key in keys if (held := self._now.get(key))}
        return {key: standing[key] for key in sorted(keys) if key not in before or before[key] != standing[key]}

    def _standing(self, walked: Walked) -> dict[StockKey, Instant | None]:
        """The latest within the windows that stand, by key; not of serials, which speak of other keys, too."""
        gone, until = self._touched.defined.gone, self._loaded.until
        now = {one.claim.id: one for one in self._loaded.kept if one.claim.id not in gone}
        now |= {one.claim.id: one for one in walked.kept if self._is_kept(one)}
        found: dict[StockKey, Instant | None] = {}
        for claim, state in now.values():
            key = claim.key
            if state.stands and not key.serial and goods_of(key) not in until:
                before = found.get(key)
                found[key] = claim.instant if before is None else max(before, claim.instant)
        return found

    def counters(self, walked: Walked) -> Counters:
        """The counters, with the instant of the newest claim."""
        ends = [_end(one.claim) for one in walked.kept]
        ends += [(one.instant.time_us, unsure_us(one.uncertainty_us)) for one in self._touched.closings]
        claimed_us = max((at_us for at_us, _off_us in ends), default=self._before.claimed_us)
        doubt_us = max((off_us for _at_us, off_us in ends), default=0)
        return self._before._replace(
            claimed_us=max(claimed_us, self._before.claimed_us),
            claim_doubt_us=max(doubt_us, self._before.claim_doubt_us),
        )

    def claims(self, walked: Walked) -> Mapping[str, Claim]:
        """The claims through which a walk writes, by their ids."""
        gone = {id: kept_of(self._rows[id]).claim for id in self._touched.defined.gone}
        return gone | {one.claim.id: one.claim for one in walked.kept}


def _end(claim: Claim) -> tuple[int, int]:
    """When a claim was made, and how much of the doubt about its clock counts."""
    return claim.instant.time_us, min(unsure_us(claim.span.uncertainty_us), claim.frozen.doubt_us)


def _keys_of(kept: Kept) -> set[StockKey]:
    """The keys of which a claim speaks, or at which it looks."""
    return {kept.claim.key, *(part.key for part in kept.state.parts)}


def _looked_at(claim: Claim, keys: _Keys) -> Collection[StockKey]:
    return keys[goods_of(claim.key)] if claim.looks_around else (claim.key,)
