"""What words on counts name: a claim or a closing as a whole, whose it is, and what was said on it so far."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.counting.identity import claim_id
from scanner_app.domain.events.decided import SubjectKind
from sync.central.database.among import among
from sync.central.database.prepared import Prepared
from sync.central.database.tables import claims, count_closings, count_lines
from sync.central.events.count_told import count_told
from sync.central.intake.event_case import EventCase
from sync.central.intake.event_words import takers
from sync.central.words.kept_words import said_on
from sync.central.words.word_verdict import WordSaid
from sync.protocol import Back

_names = msgspec.json.Decoder(list[str])
_PERSONS_MAX = 10_000
"""So many are remembered: most claims of a page are of the same few."""


class CountSubject(NamedTuple):
    """A claim, or a closing as a whole: what it is of, and the ``people`` (operators or persons) whose it is.

    ``counter`` and ``device`` are of its last line, or of the closing; ``event`` is that. ``closing`` is what makes a
    claim of a key without a line.
    """

    id: str
    count_id: str
    event: str
    counter: str
    device: str
    place: str
    happened_us: int
    item: str = ""
    quantity: int = 0
    closing: str = ""
    people: frozenset[str] = frozenset()

    def told(self, back: Back) -> Back:
        """What came back, with a few words of this."""
        return replace(
            back, place=self.place, item=self.item, quantity=self.quantity, happened_us=self.happened_us
        )  # fmt: skip


class Named(NamedTuple):
    """All that is stored of what a round of words names.

    ``claims_of`` are the claims that a closing makes, ``said`` the valid words by kind and id, ``takers`` the persons
    who had a part in what became of lines, by claim.
    """

    claims: Mapping[str, CountSubject]
    closings: Mapping[str, CountSubject]
    claims_of: Mapping[str, list[str]]
    said: Mapping[tuple[str, str], list[WordSaid]]
    takers: Mapping[str, frozenset[str]]


NOTHING_NAMED = Named({}, {}, {}, {}, {})


def stored(
    connection: Connection, site: str, claim_ids: Collection[str], closing_ids: Collection[str],
    of_claims: Sequence[Any] | None = None,
) -> Named:  # fmt: skip
    """Read what words name; by a handful of statements, however many; ``of_claims`` are rows of claims, if known."""

    def rows(statement: Any, names: Collection[str]) -> Iterable[Any]:
        return connection.execute(statement, {"site": site, "names": sorted(names)}).all() if names else ()

    of_claims = list(rows(_CLAIMS, claim_ids)) if of_claims is None else of_claims
    closed = list(rows(_CLOSINGS, {*closing_ids, *(row.closing for row in of_claims if row.closing)}))
    lines = _LINES.run(connection, {"site": site, "names": sorted(claim_ids)}).all() if claim_ids else ()
    counters: dict[str, set[str]] = defaultdict(set)
    for row in rows(_COUNTERS, {row.count_id for row in closed}):
        counters[row.count_id].add(row.person)
    made: dict[str, list[str]] = defaultdict(list)
    for row in rows(_OF_CLOSINGS, closing_ids):
        made[row.closing].append(row.claim)
    said = _said(connection, site, {*claim_ids, *(one for ids in made.values() for one in ids)}, closed)
    closings = {row.event: _closing(row, counters[row.count_id]) for row in closed}
    last = {row.claim: row for row in lines}
    found = {row.claim: _claim(row, last.get(row.claim), closings.get(row.closing)) for row in of_claims}
    return Named(found, closings, made, said, _takers(connection, site, lines))


def _said(
    connection: Connection, site: str, ids: Collection[str], closed: Iterable[Any]
) -> Mapping[tuple[str, str], list[WordSaid]]:
    said: dict[tuple[str, str], list[WordSaid]] = defaultdict(list)
    wanted = {SubjectKind.CLAIM: ids, SubjectKind.CLOSING: [row.event for row in closed]}
    for kind, names in wanted.items():
        for name, words in said_on(connection, site, kind, names).items():
            said[kind.value, name] = words
    return said


def _takers(connection: Connection, site: str, lines: Iterable[Any]) -> Mapping[str, frozenset[str]]:
    of_event = said_on(connection, site, SubjectKind.EVENT, [row.event for row in lines])
    found: dict[str, frozenset[str]] = {}
    for row in lines:
        found[row.claim] = found.get(row.claim, frozenset()) | takers(of_event.get(row.event, ()))
    return found


@lru_cache(_PERSONS_MAX)
def _persons(names: str) -> frozenset[str]:
    return frozenset(_names.decode(names))


def _claim(row: Any, last: Any, closing: CountSubject | None) -> CountSubject:
    event, device = (last.event, last.device) if last else (closing.event, closing.device) if closing else ("", "")
    return CountSubject(
        row.claim, row.count_id, event, row.operator, device, row.place, row.effective_us, row.item, row.quantity,
        row.closing, _persons(row.persons),
    )  # fmt: skip


def _closing(row: Any, counters: Collection[str]) -> CountSubject:
    people = frozenset({row.person, *counters})
    who = (row.event, row.count_id, row.event, row.operator, row.device)
    return CountSubject(*who, row.place, row.effective_us, people=people)


class Fresh(NamedTuple):
    """Something of a count that arrives with the batch, at ``place`` of it."""

    place: int
    subject: CountSubject


class Arriving:
    """The lines and closings of a batch, by what words call them."""

    def __init__(self, fresh: Mapping[str, EventCase]) -> None:
        self.claims: dict[str, list[Fresh]] = defaultdict(list)
        self.closings: dict[str, Fresh] = {}
        self.counters: dict[str, list[Fresh]] = defaultdict(list)
        for case in fresh.values():
            self._take(case)

    def _take(self, case: EventCase) -> None:
        arrival = case.read_with()
        fact = arrival.fact if arrival and case.ruling.counts else None
        if arrival is None or fact is None or not (fact.line or fact.closing):
            return
        happened_us = fact.last_us + arrival.envelope.offset_us
        count = count_told(arrival.envelope, fact)
        whose = (count, case.id, case.operator, case.device, fact.places[0], happened_us)
        people = frozenset({case.operator})
        if line := fact.line:
            name = claim_id(count, line.key)
            subject = CountSubject(name, *whose, line.key.item, line.quantity, people=people)
            self.claims[name].append(Fresh(case.place, subject))
        else:
            subject = CountSubject(case.id, *whose, people=people)
            self.closings[case.id] = Fresh(case.place, subject)
        self.counters[count].append(Fresh(case.place, subject))


_CLAIMS = select(
    *(claims.c[name] for name in ("claim", "count_id", "operator", "place", "item", "quantity", "effective_us")),
    claims.c.closing,
    claims.c.persons,
).where(claims.c.site == bindparam("site"), among(claims.c.claim, "names"))
_OF_CLOSINGS = select(claims.c.claim, claims.c.closing).where(
    claims.c.site == bindparam("site"), among(claims.c.closing, "names")
)
_CLOSINGS = select(
    *(count_closings.c[name] for name in ("event", "count_id", "operator", "person", "device", "place", "effective_us"))
).where(count_closings.c.site == bindparam("site"), among(count_closings.c.event, "names"))
_alive = (count_lines.c.site == bindparam("site"), count_lines.c.is_undone.is_(False))
_LINES = Prepared(
    select(*(count_lines.c[name] for name in ("claim", "event", "device")))
    .where(*_alive, among(count_lines.c.claim, "names"))
    .order_by(count_lines.c.effective_us)
)
_COUNTERS = (
    select(count_lines.c.count_id, count_lines.c.person)
    .where(*_alive, among(count_lines.c.count_id, "names"))
    .distinct()
)
