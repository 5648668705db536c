"""A keeper: claims and rows brought up to date fact by fact, by walks over windows as small as they may be."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, ClaimKind, Goods, goods_of
from scanner_app.domain.counting.count import Spoken, claims_of, unmet
from scanner_app.domain.counting.doubt import overlaps
from scanner_app.domain.counting.fold import Facts, closings_that_speak
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.posted import Change, Posted
from scanner_app.domain.counting.settle import Around, settled
from scanner_app.domain.counting.state import Kept, Row, State
from scanner_app.domain.counting.walk import News, Walked, Window, walk
from scanner_app.domain.counting.word import words_on
from scanner_app.domain.ledger import StockKey, is_account

Limits = Callable[[Claim], Frozen]


class _Claimed(NamedTuple):
    """What facts claim: by lines, by id; and the closings that speak and are not inert, by event."""

    lines: Mapping[str, Claim]
    closings: Mapping[str, Spoken]

    def speaks(self, closing: str, key: StockKey) -> bool:
        """Say whether a closing claims that a key held nothing."""
        spoken = self.closings.get(closing)
        return spoken is not None and key.place == spoken.closing.place and key not in spoken.exempt


class Keeper:
    """The claims that are kept, by id, and all rows that were written; ``follow`` brings them up to date."""

    def __init__(self, limits: Limits, page: int = 1) -> None:
        self.kept: dict[str, Kept] = {}
        self.rows: list[Row] = []
        self.looks = 0
        self._limits = limits
        self._page = page
        self._facts = Facts()

    def follow(self, facts: Facts) -> Walked:
        before, self._facts = self._facts, facts
        was, now = _claimed(before), _claimed(facts)
        changes = list(_changes(before.posted, facts.posted))
        gone = {id for id, kept in self.kept.items() if not _stays(kept.claim, was, now)}
        new = self._new_lines(was, now)
        touched = self._touched(before, facts) | self._recounting(was, now)
        closed = self._new_closings(was, now)
        met = [claim for claim in closed if self._met(claim).get(claim.key) or self._near([claim])]
        walked_over = self._goods(News(changes, gone, [*new, *met], touched=touched))
        new += [claim for claim in closed if goods_of(claim.key) in walked_over]
        news = News(changes, gone, new, {one.id: self._met(one) for one in new}, self._near(new), touched)
        walked = self._walked(news, was, now)
        self._keep(walked, gone)
        return walked

    def _keep(self, walked: Walked, gone: Collection[str]) -> None:
        self.rows += walked.rows
        for id in gone:
            del self.kept[id]
        for one in walked.kept:
            self.kept.pop(one.claim.id, None)
            if not one.is_idle:
                self.kept[one.claim.id] = one

    def _frozen(self, claim: Claim) -> Claim:
        return replace(claim, frozen=self._facts.frozen.get(claim.id) or self._limits(claim))

    def _new_lines(self, was: _Claimed, now: _Claimed) -> list[Claim]:
        return [self._frozen(claim) for id, claim in now.lines.items() if was.lines.get(id) != claim]

    def _new_closings(self, was: _Claimed, now: _Claimed) -> list[Claim]:
        """All that closings claim which did not speak of a key before."""
        claims = unmet(now.closings.values(), self._known_keys() | {claim.key for claim in now.lines.values()}, ())
        return [self._frozen(claim) for claim in claims if not was.speaks(claim.version, claim.key)]

    def _known_keys(self) -> set[StockKey]:
        return {posted.key for posted in self._facts.posted} | {row.key for row in self.rows}

    def _touched(self, before: Facts, facts: Facts) -> set[str]:
        subjects = {name for name in facts.words if before.words.get(name) != facts.words[name]}
        return subjects | {id for id, kept in self.kept.items() if kept.claim.version in subjects}

    def _recounting(self, was: _Claimed, now: _Claimed) -> set[str]:
        """The claims that recount what a closing claims now and did not before, or the other way, kept or not."""
        keys = {kept.claim.key for kept in self.kept.values() if kept.claim.recounts}
        before, after = ({(one.id, one.version) for one in unmet(it.closings.values(), keys, ())} for it in (was, now))
        turned = {id for id, _closing in before ^ after}
        return {id for id, kept in self.kept.items() if kept.claim.recounts in turned}

    def _met(self, claim: Claim) -> dict[StockKey, int]:
        """What each key of the goods of a claim held just before it."""
        held: dict[StockKey, int] = defaultdict(int)
        entries = [(one.key, one.quantity, one.instant) for one in self._facts.posted]
        entries += [(row.key, row.quantity, row.instant) for row in self.rows]
        for key, quantity, instant in entries:
            if instant < claim.instant and goods_of(key) == goods_of(claim.key):
                held[key] += quantity
        return {key: quantity for key, quantity in held.items() if quantity}

    def _near(self, new: Iterable[Claim]) -> list[Posted]:
        of_goods: dict[Goods, list[Posted]] = defaultdict(list)
        for leg in self._facts.posted:
            of_goods[goods_of(leg.key)].append(leg)
        near = {
            leg: None
            for claim in new
            for leg in of_goods[goods_of(claim.key)]
            if (claim.is_serial or leg.key == claim.key) and overlaps(claim.span, leg, claim.frozen.doubt_us)
        }
        return list(near)

    def _walked(self, news: News, was: _Claimed, now: _Claimed) -> Walked:
        """Walk over windows that grow as long as something is carried over their ends."""
        all_kept = {goods: self._of_goods(goods, news, was, now) for goods in self._goods(news)}
        more = dict.fromkeys(all_kept, self._page)
        while True:
            self.looks += 1
            windows = {goods: _window(goods, kept, news, more[goods]) for goods, kept in all_kept.items()}
            kept = [one for window, _until in windows.values() for one in window]
            until = {goods: until for goods, (_window, until) in windows.items() if until is not None}
            walked = walk(Window(kept, self._facts.words, until), news)
            if not walked.unended:
                return walked
            more |= {goods: 2 * more[goods] + 1 for goods in walked.unended}

    def _goods(self, news: News) -> set[Goods]:
        keys = [change.posted.key for change in news.changes] + [claim.key for claim in news.new]
        keys += [self.kept[id].claim.key for id in (*news.gone, *news.touched) if id in self.kept]
        closings = {one.version for id in news.touched for one in self._unmet_all() if id in (one.id, one.version)}
        places = {
            spoken.closing.place for spoken in closings_that_speak(self._facts) if spoken.closing.event in closings
        }
        keys += [kept.claim.key for kept in self.kept.values() if kept.claim.key.place in places]
        return {goods_of(key) for key in keys if not is_account(key.place)}

    def _unmet_all(self) -> list[Claim]:
        return unmet(closings_that_speak(self._facts), self._known_keys(), self.kept)

    def _of_goods(self, goods: Goods, news: News, was: _Claimed, now: _Claimed) -> list[Kept]:
        """All claims of some goods, those of closings that met nothing yet included, in order."""
        kept = [one for one in self.kept.values() if goods_of(one.claim.key) == goods]
        keys = {one.claim.key for one in kept} | {part.key for one in kept for part in one.state.parts}
        keys |= {change.posted.key for change in news.changes} | {claim.key for claim in news.new}
        keys |= {key for met in news.met.values() for key in met}
        known = {*self.kept, *(claim.id for claim in news.new)} - set(news.gone)
        for claim in unmet(now.closings.values(), {key for key in keys if goods_of(key) == goods}, known):
            if was.speaks(claim.version, claim.key):
                frozen = self._frozen(claim)
                kept.append(Kept(frozen, settled(frozen, State(), Around(words_on(frozen, self._facts.words)))))
        return sorted(kept, key=lambda one: (one.claim.instant, one.claim.key))


def _window(goods: Goods, kept: list[Kept], news: News, more: int) -> tuple[list[Kept], Instant | None]:
    """The claims from the earliest affected one on, and what is looked back at, with ``more`` behind the last affected.

    Nothing is left out between them. The instant is where it ends; None where that is the end of all.
    """
    changes = [change.posted for change in news.changes if goods_of(change.posted.key) == goods]
    new = [claim for claim in news.new if goods_of(claim.key) == goods]
    first = min((leg.instant for leg in changes), default=None)
    hit = [place for place, one in enumerate(kept) if _is_hit(one.claim, changes, news)]
    behind = [place for place, one in enumerate(kept) if first is not None and one.claim.instant > first]
    for claim in new:
        behind += [place for place, one in enumerate(kept) if one.claim.instant > claim.instant]
    if not hit and not behind:
        return _looked_back(kept, len(kept), len(kept), new), None
    start = min([*hit, *behind])
    last = min(len(kept) - 1, _reaching(kept, start, max([*hit, start]), new) + more)
    end = _reaching(kept, start, last, new) + 1
    while end < len(kept) and kept[end].claim.instant == kept[end - 1].claim.instant:
        end += 1
    window = _looked_back(kept, start, end, new)
    return window, (kept[end - 1].claim.instant if end < len(kept) else None)


def _is_hit(claim: Claim, changes: Iterable[Posted], news: News) -> bool:
    """Say whether a claim is gone, spoken of, or overlapped by a change."""
    if claim.id in news.gone or claim.id in news.touched or claim.version in news.touched:
        return True
    return any(overlaps(claim.span, leg, claim.frozen.doubt_us) for leg in changes)


def _reaching(kept: list[Kept], start: int, end: int, new: Iterable[Claim]) -> int:
    """How far a window reaches: as far as what recounts one in it or before it, and what is of a count in it."""
    while True:
        inside = [*(one.claim for one in kept[start : end + 1]), *new]
        counts = {claim.count for claim in inside}
        ids = {one.claim.id for one in kept[: end + 1]} | {claim.id for claim in new}
        further = [
            place
            for place, one in enumerate(kept)
            if place > end and (one.claim.count in counts or one.claim.recounts in ids)
        ]
        if not further:
            return end
        end = max(further)


def _looked_back(kept: list[Kept], start: int, end: int, new: Iterable[Claim]) -> list[Kept]:
    """From the claims on that those from ``start`` to ``end`` recount, and those of their counts."""
    claims = [*(one.claim for one in kept[start:end]), *new]
    named = {claim.recounts for claim in claims} - {""}
    counts = {claim.count for claim in claims}
    back = [place for place, one in enumerate(kept[:start]) if one.claim.id in named or one.claim.count in counts]
    return kept[min([start, *back]) : end]


def _stays(claim: Claim, was: _Claimed, now: _Claimed) -> bool:
    if claim.kind is ClaimKind.LINES:
        return was.lines.get(claim.id) == now.lines.get(claim.id)
    return now.speaks(claim.version, claim.key)


def _claimed(facts: Facts) -> _Claimed:
    speaking = [one for one in closings_that_speak(facts) if not one.is_inert]
    return _Claimed({one.id: one for one in claims_of(facts.lines)}, {one.closing.event: one for one in speaking})


def _changes(before: Iterable[Posted], after: Iterable[Posted]) -> Iterable[Change]:
    was, now = Counter(before), Counter(after)
    yield from (Change(one, -1) for one in (was - now).elements())
    yield from (Change(one) for one in (now - was).elements())
