"""Claims of counts, held against the ledger: what each met, what was written through it, and why it stands.

Each key of which a claim speaks is gone through once, by instants: the balance that a claim met is the sum of the rows
before it. What was written through a claim at another instant, of another version of it, has been taken back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from scanner_app.domain.counting.settle import Around, settled
from scanner_app.domain.counting.state import Kept, Standing
from scanner_app.domain.counting.word import words_on
from scanner_app.domain.ledger import ADJUSTMENT, StockKey
from sync.central.audit.breach import Breach
from sync.central.audit.chain import ROWS_PER_FETCH
from sync.central.audit.laws import Law
from sync.central.book.via import claim_in, via_of
from sync.central.counting.claim_rows import kept_of
from sync.central.counting.claim_words import said_of
from sync.central.database.tables import KEY_NAMES, claims, counters, ledger

_At = tuple[int, str, int, int]
_WORDS_AT_ONCE = 5_000
WRITTEN_THROUGH = ledger.c.via.startswith(via_of(""))
"""The rows that claims have written."""


class _Says(NamedTuple):
    """What a claim says of one key: what it counted there, found missing, and booked, at its instant."""

    at: _At
    claim: str
    quantity: int
    variance: int
    adjustment: int


class _Row(NamedTuple):
    """A row of a key."""

    at: _At
    quantity: int
    claim: str


def wrong_claims(connection: Connection, found_max: int) -> Iterator[Breach]:
    """Yield the claims that are not what the ledger makes of them, at most ``found_max`` of a site."""
    for site in connection.execute(select(counters.c.site).order_by(counters.c.site)).scalars().all():
        told = (*_wrong_sums(connection, site), *_wrong_standings(connection, site))
        yield from (Breach(law, site, what) for law, what in islice(told, found_max))


def _wrong_sums(connection: Connection, site: str) -> Iterator[tuple[Law, str]]:
    said = _said(connection, site)
    if not said and connection.execute(_ANY.where(ledger.c.site == site)).first() is None:
        return
    wanted = select(*(ledger.c[name] for name in (*KEY_NAMES, *_AT, "quantity", "via"))).where(ledger.c.site == site)
    order = [ledger.c[name] for name in KEY_NAMES]
    seen: set[StockKey] = set()
    with connection.execute(wanted.order_by(*order), execution_options={"yield_per": ROWS_PER_FETCH}) as rows:
        for cells, of_key in groupby(rows, key=lambda row: tuple(row[:6])):
            key = StockKey(*cells)
            seen.add(key)
            if key.place != ADJUSTMENT:
                yield from _wrong_key(key, said.get(key, ()), [_row(row) for row in of_key])
    for key in said.keys() - seen:
        yield from _wrong_key(key, said[key], ())


def _row(row: Any) -> _Row:
    return _Row((row.effective_us, row.device, row.epoch, row.sequence), row.quantity, claim_in(row.via))


def _said(connection: Connection, site: str) -> Mapping[StockKey, list[_Says]]:
    """What the claims of a site say of keys: their own, and where else a serial is not."""
    said: dict[StockKey, list[_Says]] = defaultdict(list)
    for kept in _kept(connection, site):
        claim, state = kept
        at = claim.instant[:4]
        own = _Says(at, claim.id, claim.quantity, state.variance, state.adjustment)
        said[claim.key].append(own)
        for part in state.parts:
            said[part.key].append(_Says(at, claim.id, 0, part.variance, part.adjustment))
    return said


def _kept(connection: Connection, site: str) -> Iterator[Kept]:
    wanted = select(claims).where(claims.c.site == site, claims.c.is_alive.is_(True)).order_by(claims.c.claim)
    with connection.execute(wanted, execution_options={"yield_per": ROWS_PER_FETCH}) as rows:
        yield from map(kept_of, rows)


def _wrong_key(key: StockKey, said: Sequence[_Says], rows: Sequence[_Row]) -> Iterator[tuple[Law, str]]:
    through: dict[tuple[str, _At], int] = defaultdict(int)
    for row in rows:
        if row.claim:
            through[row.claim, row.at] += row.quantity
    ordered, balance, place = sorted(rows), 0, 0
    for one in sorted(said):
        while place < len(ordered) and ordered[place].at < one.at:
            balance += ordered[place].quantity
            place += 1
        where = f"claim {one.claim} of {key.item} at {key.place}"
        if one.variance != one.quantity - balance:
            yield Law.CLAIMED, f"{where} met {balance} and says that it met {one.quantity - one.variance}"
        written = through.pop((one.claim, one.at), 0)
        if written != one.adjustment:
            yield Law.CLAIMED, f"{where} has written {written} and says {one.adjustment}"
    for (claim, _at), quantity in through.items():
        if quantity:
            where = f"claim {claim} of {key.item} at {key.place}"
            yield Law.CLAIMED, f"{where} has written {quantity}, and says nothing of it"


def _wrong_standings(connection: Connection, site: str) -> Iterator[tuple[Law, str]]:
    kept = _kept(connection, site)
    while some := list(islice(kept, _WORDS_AT_ONCE)):
        words = said_of(connection, site, [one.claim for one in some])
        yield from ((Law.STANDS, what) for one in some if (what := _wrong_standing(one, words)))


def _wrong_standing(kept: Kept, words: Mapping[str, Iterable[Any]]) -> str:
    claim, state = kept
    on_claim = words_on(claim, words)
    agrees = state.standing is Standing.AGREED or (bool(claim.recounts) and state.stands)
    around = Around(on_claim, is_unsaid=state.is_unsaid, agrees=agrees)
    should = settled(claim, state, around)
    if (should.standing, should.word) == (state.standing, state.word):
        return ""
    return (
        f"claim {claim.id} is {state.standing} by word {state.word}, and should be {should.standing} by {should.word}"
    )


_AT = ("effective_us", "device", "epoch", "sequence")
_ANY = select(ledger.c.recorded).where(WRITTEN_THROUGH).limit(1)
