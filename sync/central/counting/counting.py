"""Counting: what facts, lines, closings and words do to claims, and what these put into the book, within one batch.

Postings are in the book already. Then it is settled which claims there are now, one walk goes over those of all goods
that are touched, and what comes of it is written: rows of the ledger, of stock, of claims.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.posted import Change
from scanner_app.domain.counting.state import Row
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.ledger import Posting, StockKey
from sync.central.book.counters import Counters
from sync.central.book.posting import Posted
from sync.central.counting.claim_rows import claim_of, goods_name
from sync.central.counting.claim_words import spoken_of
from sync.central.counting.closings import closed_counts
from sync.central.counting.count_changes import note_changes
from sync.central.counting.definitions import Defined, Definitions, Said
from sync.central.counting.lines import Lines
from sync.central.counting.news import CountNews, unsure_us
from sync.central.counting.recounts import recounting
from sync.central.counting.shown import list_again
from sync.central.counting.told import BOOKED, Retold, keep_told, keep_undos
from sync.central.counting.touched import goods_with_claims
from sync.central.counting.walking import Touched, Walking
from sync.central.counting.windows import Span
from sync.central.database.among import among
from sync.central.database.book_tables import NEVER_US
from sync.central.database.tables import count_closings, count_lines, count_sightings, count_undos


def keep_counts(connection: Connection, site: str, before: Counters, news: CountNews) -> Counters:
    """Let the news of a batch do to claims what they do; return the counters afterwards."""
    annulling = [arrival for arrival in news.counted if arrival.fact and arrival.fact.undoes]
    keep_undos(connection, site, annulling)
    is_quiet = not news.told and not annulling and not news.words
    if is_quiet and before.claimed_us == NEVER_US:
        return before
    changes = list(news.changes(before.claimed_us + before.claim_doubt_us))
    if is_quiet and not changes:
        return before
    return _Kept(connection, site, before, news, changes).after()


class _Kept:
    """One batch that does something to claims."""

    def __init__(
        self, connection: Connection, site: str, before: Counters, news: CountNews, changes: list[tuple[str, Change]]
    ) -> None:
        self._connection = connection
        self._site = site
        self._before = before
        self._news = news
        self._changes = changes
        self._causes: dict[str, str] = {}
        """The event by which something of a claim, a count or some goods was touched, by their names."""
        self._counts: set[str] = set()
        """The counts of which something is another than before."""

    def after(self) -> Counters:
        after = self._walked()
        note_changes(self._connection, self._site, self._before.kept, self._counts)
        return after

    def _walked(self) -> Counters:
        touched = self._touched()
        if not touched.spans and not touched.defined.new and not touched.closings:
            return self._before
        walking = Walking(self._connection, self._site, self._before, touched)
        walked = walking.walk()
        walking.keep(walked)
        keys = walking.keys(walked)
        list_again(self._connection, self._site, keys)
        posted = Posted(())
        claims = walking.claims(walked)
        self._counts |= {claim.count for claim in claims.values()}
        for row in walked.rows:
            posted.adjust(self._cause(claims[row.claim], row.key), row.claim, [_posting(row)])
        claimed = walking.claimed(walked, keys)
        after = posted.write_stock(self._connection, self._site, walking.counters(walked), claimed)
        recorded, head = posted.write_ledger(self._connection, self._site, after)
        return after._replace(recorded=recorded, head=head)

    def _touched(self) -> Touched:
        retold = keep_told(self._connection, self._site, self._news.told, self._news.undone)
        rows = [*retold.before.values(), *retold.after.values(), *self._undone_facts()]
        self._counts |= {str(row["count_id"]) for row in rows}
        self._note_facts(retold)
        lines = Lines(self._connection, self._site)
        closed = closed_counts(self._connection, self._site, {str(row["count_id"]) for row in rows}, lines)
        definitions = Definitions(self._connection, self._site, lines)
        counted = [row for row in rows if row.get("claim")]
        defined = definitions.defined({row["claim"] for row in counted}, closed)
        spoken = spoken_of(self._connection, self._site, self._news.words)
        self._note_words(spoken)
        spoken += self._recounting(definitions.turned(closed, counted))
        looked = self._spans()
        spans = dict(looked)
        for row in (*(defined.rows[id] for id in defined.gone), *spoken):
            spans[row.goods] = Span(row.effective_us, row.effective_us).with_(spans.get(row.goods))
        whole = self._closed_and_spoken_of(definitions)
        for key, at_us in whole.items():
            spans[goods_name(key)] = Span(at_us, at_us).with_(spans.get(goods_name(key)))
        self._note_goods(defined)
        closings = [one.speaks for one in closed.values() if one.speaks]
        changes = [change for _cause, change in self._changes]
        return Touched(
            definitions,
            defined,
            spans,
            changes,
            {row.claim for row in spoken},
            closings,
            whole.keys(),
            looked,
            self._news.now_us,
        )

    def _recounting(self, turned: Mapping[str, Said]) -> list[Any]:
        """The rows of the claims that recount what a closing may say no longer: as if something was said on them."""
        rows = recounting(self._connection, self._site, {id: said.key for id, said in turned.items()})
        for row in rows:
            cause = self._causes.get(row.recounts) or self._causes[turned[row.recounts].count_id]
            for name in (row.claim, row.goods):
                self._causes.setdefault(name, cause)
        return rows

    def _closed_and_spoken_of(self, definitions: Definitions) -> dict[StockKey, int]:
        """Keys that a closing says held nothing, on which as a whole something was said, and when; if more is claimed.

        What nothing else claims anything of stays as it is.
        """
        of_closings = [one for one in self._news.words if one.saying.subject.kind == SubjectKind.CLOSING]
        events = {one.saying.subject.id: one.event for one in of_closings}
        found: dict[StockKey, int] = {}
        for closing, keys in definitions.closed_places(events) if events else ():
            found |= dict.fromkeys(keys, closing.instant.time_us)
            for key in keys:
                self._causes.setdefault(goods_name(key), events[closing.event])
        names = {key: goods_name(key) for key in found}
        spans = dict.fromkeys(names.values(), Span(NEVER_US, NEVER_US))
        known = goods_with_claims(self._connection, self._site, spans, {name: set() for name in spans})
        return {key: at_us for key, at_us in found.items() if names[key] in known}

    def _undone_facts(self) -> list[dict[str, Any]]:
        """The facts of counts about which something was said, whether or not that changes what they are."""
        named = {one.fact.undoes: one.envelope.id for one in self._news.counted if one.fact and one.fact.undoes}
        if not named:
            return []
        asked = {"of_site": self._site, "ids": sorted(named)}
        roots = {row.undoes: named[row.event] for row in self._connection.execute(_ROOTS, asked)} | named
        asked["ids"] = sorted(roots)
        facts = [{**row._mapping} for wanted in _FACTS for row in self._connection.execute(wanted, asked)]
        for fact in facts:
            self._causes.update(dict.fromkeys(_names_of(fact), roots[fact["event"]]))
        return facts

    def _note_facts(self, retold: Retold) -> None:
        causes = {one.envelope.id: one.word for one in self._news.told}
        causes |= {one.envelope.id: one.cause for one in self._news.undone if one.sign}
        for rows in (retold.before, retold.after):
            for event, row in rows.items():
                if cause := causes.get(event) or (event if row["state"] == BOOKED else ""):
                    self._causes.update(dict.fromkeys(_names_of(row), cause))
        for cause, change in self._changes:
            self._causes[goods_name(change.posted.key)] = cause

    def _note_words(self, spoken: Iterable[Any]) -> None:
        by_subject = {one.saying.subject.id: one.event for one in self._news.words}
        for row in spoken:
            event = by_subject.get(row.claim) or by_subject[row.closing]
            self._causes[row.claim] = event
            self._causes.setdefault(row.goods, event)

    def _note_goods(self, defined: Defined) -> None:
        """What touches a claim touches its goods."""
        claims = [*defined.new, *(claim_of(defined.rows[id]) for id in defined.gone)]
        for claim in claims:
            cause = self._causes.get(claim.id) or self._causes.get(claim.count) or claim.version
            self._causes.setdefault(claim.id, cause)
            self._causes.setdefault(goods_name(claim.key), cause)

    def _cause(self, claim: Claim, key: StockKey) -> str:
        """The event that made us write a row of a claim: what touched the claim, or else its goods."""
        return self._causes.get(claim.id) or self._causes.get(goods_name(key)) or claim.version

    def _spans(self) -> dict[str, Span]:
        """When the goods of which claims speak are touched by what is posted."""
        spans: dict[str, Span] = {}
        keys: dict[str, set[StockKey]] = defaultdict(set)
        for _cause, change in self._changes:
            leg = change.posted
            unsure = unsure_us(leg.uncertainty_us) + self._before.claim_doubt_us
            goods = goods_name(leg.key)
            keys[goods].add(leg.key)
            spans[goods] = Span(leg.instant.time_us - unsure, leg.instant.time_us + unsure).with_(spans.get(goods))
        return goods_with_claims(self._connection, self._site, spans, keys)


def _names_of(fact: Mapping[str, Any]) -> list[str]:
    """The count of a fact, and the claim of which it is a part, if it is."""
    return [str(fact[name]) for name in ("count_id", "claim") if fact.get(name)]


def _posting(row: Row) -> Posting:
    return Posting(row.key, row.quantity, row.instant)


_ROOTS = select(count_undos.c.event, count_undos.c.undoes).where(
    count_undos.c.site == bindparam("of_site"), among(count_undos.c.event, "ids")
)
_FACTS = [
    select(table).where(table.c.site == bindparam("of_site"), among(table.c.event, "ids"))
    for table in (count_lines, count_sightings, count_closings)
]
