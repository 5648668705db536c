"""Definitions: what claims are now, by their lines or by a closing, and which of those that are kept no longer hold."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.counting.claim import Claim, Goods
from scanner_app.domain.counting.count import CountClosing, Reading, claim_of_closing, claims_of
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.identity import claim_id
from scanner_app.domain.ledger import StockKey
from sync.central.counting.claim_rows import claim_of
from sync.central.counting.closings import ClosedCount, Undos, closing_of
from sync.central.counting.lines import Lines
from sync.central.database.among import among
from sync.central.database.asked import Columns, asked_rows
from sync.central.database.tables import KEY_NAMES, claims, count_closings, stock

_KEY: Columns = dict.fromkeys(KEY_NAMES, str)
_PLACES: Columns = {"place": str, "low_us": int, "high_us": int}


class Defined(NamedTuple):
    """Of claims that may have changed: the rows of all that are kept, those that are gone, and those that are new."""

    rows: Mapping[str, Any]
    gone: frozenset[str]
    new: list[Claim]


class Said(NamedTuple):
    """That a count said something of a key."""

    count_id: str
    key: StockKey


class Held(NamedTuple):
    """What a key holds, and the instant of its latest standing claim as its row of stock has it."""

    quantity: int
    claimed: str


class Definitions:
    """What defines the claims of a site within one transaction."""

    def __init__(self, connection: Connection, site: str, lines: Lines) -> None:
        self._connection = connection
        self._site = site
        self._lines = lines
        self._never_closed: set[str] = set()

    def defined(self, ids: Collection[str], closed: Mapping[str, ClosedCount]) -> Defined:
        """What the claims ``ids`` are now, and those of the counts ``closed`` whose closing speaks or spoke no longer.

        Of a claim by a closing nothing is said of its limits yet.
        """
        turned = [one for one in closed.values() if one.is_turned]
        spoke = [one.spoke for one in turned if one.spoke]
        lines = [line for of_claim in self._lines.of_claims(ids).values() for line in of_claim]
        now = {claim.id: claim for claim in claims_of(lines)}
        for one in turned:
            now |= {claim.id: claim for claim in self._closed(one)}
        kept = {row.claim: row for row in [*self._among(_KEPT, ids | now.keys()), *self._among(_CLOSED, spoke)]}
        if unclaimed := ids - now.keys():
            for claim in self._closed_again(unclaimed, [*lines, *map(claim_of, kept.values())], closed):
                now.setdefault(claim.id, claim)
        kept |= {row.claim: row for row in self._among(_KEPT, now.keys() - kept.keys())}
        alive = {id: claim_of(row) for id, row in kept.items() if row.is_alive}
        same = {id for id, claim in now.items() if id in alive and _is_same(claim, alive[id])}
        return Defined(kept, frozenset(alive.keys() - same), [now[id] for id in sorted(now.keys() - same)])

    def _closed(self, one: ClosedCount) -> list[Claim]:
        """What a closing that speaks claims of the keys of its place."""
        if one.closing is None or (speaks := one.speaks) is None:
            return []
        keys = self._of_place(speaks.place) - one.closing.exempt
        return [claim_of_closing(speaks, key) for key in sorted(keys) if speaks.is_of(key)]

    def _of_place(self, place: str) -> set[StockKey]:
        asked = {"of_site": self._site, "of_place": place}
        return {StockKey(*row) for row in self._connection.execute(_OF_PLACE, asked)}

    def _closed_again(
        self, wanted: Collection[str], named: Iterable[Any], closed: Mapping[str, ClosedCount]
    ) -> Iterable[Claim]:
        """Of keys that a line speaks of no longer the closing speaks."""
        for one in named:
            ruling = closed.get(one.count)
            if ruling is None or ruling.closing is None or (speaks := ruling.speaks) is None:
                continue
            is_open = speaks.is_of(one.key) and one.key not in ruling.closing.exempt
            if is_open and claim_id(one.count, one.key) in wanted:
                yield claim_of_closing(speaks, one.key)

    def closed_places(self, events: Collection[str]) -> Iterable[tuple[CountClosing, set[StockKey]]]:
        """Those of some closings that speak, each with all keys that it is of."""
        for row in self._among(_BY_EVENT, events):
            closing = closing_of(row)
            yield closing, {key for key in self._of_place(row.place) if closing.is_of(key)}

    def turned(self, closed: Mapping[str, ClosedCount], lines: Iterable[Mapping[str, Any]]) -> dict[str, Said]:
        """The claims that a closing made which it may make no longer, or otherwise, by id, kept or not.

        ``lines`` are those that are another than before: they keep their keys from it, or leave them to it.
        """
        spoke = {count: one for count, one in closed.items() if one.spoke}
        of_lines = [line for line in lines if line["count_id"] in spoke]
        said = [Said(line["count_id"], StockKey(*(line[name] for name in KEY_NAMES))) for line in of_lines]
        turned = {count: one.place for count, one in spoke.items() if one.is_turned}
        said += [Said(count, key) for count, place in turned.items() for key in self._of_place(place)]
        return {claim_id(*one): one for one in said}

    def closed_before(self, keys: Collection[StockKey], spans: Mapping[StockKey, tuple[int, int]]) -> list[Claim]:
        """The claims that closings made of keys within spans of time, whether or not they are kept."""
        places: dict[str, tuple[int, int]] = {}
        for key in keys:
            if key.place in self._never_closed:
                continue
            low_us, high_us = spans[key]
            before = places.get(key.place, (low_us, high_us))
            places[key.place] = min(low_us, before[0]), max(high_us, before[1])
        asked = [(place, *span) for place, span in places.items()]
        closings = [closing_of(row) for row in self._ask(_SPOKEN, _PLACES, asked)]
        by_place: dict[str, list[CountClosing]] = {}
        for closing in closings:
            by_place.setdefault(closing.place, []).append(closing)
        made = {
            claim_id(closing.count, key): (closing, key)
            for key in keys
            for closing in by_place.get(key.place, ())
            if closing.is_of(key) and spans[key][0] <= closing.instant.time_us <= spans[key][1]
        }
        exempt = self._exempt(made)
        return [claim_of_closing(*made[id]) for id in sorted(made.keys() - exempt)]

    def _exempt(self, made: Mapping[str, tuple[CountClosing, StockKey]]) -> set[str]:
        """Those of some claims that a line keeps from the closing of its count."""
        lines = [
            (id, line)
            for id, of_claim in self._lines.of_claims(made.keys()).items()
            for line in of_claim
            if line.reading is Reading.READ
        ]
        undone = [line.event for _id, line in lines if not line.is_alive]
        undos = Undos(self._connection, self._site, undone)
        return {id for id, line in lines if line.is_alive or line.event not in undos.before(made[id][0])}

    def known_keys(self, goods: Collection[Goods]) -> dict[StockKey, Held]:
        """Every key of some goods that the book ever had, and what it holds; it is noted which places nobody closed."""
        serials = sorted((one.item, one.serial) for one in goods if one.serial)
        others = sorted((one.place, one.item, one.lot) for one in goods if not one.serial)
        rows = self._ask(_SERIALS, {"item": str, "serial": str}, serials)
        rows += self._ask(_GOODS, {"place": str, "item": str, "lot": str}, others)
        self._never_closed.update(row[0] for row in rows if not row[8])
        return {StockKey(*row[:6]): Held(*row[6:8]) for row in rows}

    def _among(self, statement: Any, ids: Collection[str]) -> list[Any]:
        asked = {"of_site": self._site, "ids": sorted(ids)}
        return list(self._connection.execute(statement, asked).all()) if ids else []

    def _ask(self, statement: str, columns: Columns, rows: Any) -> list[Any]:
        return list(asked_rows(self._connection, statement, columns, rows, site=self._site)) if rows else []


def _is_same(now: Claim, before: Claim) -> bool:
    """Say whether a claim is what it was; who identified it changes nothing of it."""
    bare = Frozen()
    return replace(now, frozen=bare, others=frozenset()) == replace(before, frozen=bare, others=frozenset())


_KEPT = select(claims).where(claims.c.site == bindparam("of_site"), among(claims.c.claim, "ids"))
_CLOSED = select(claims).where(
    claims.c.site == bindparam("of_site"), among(claims.c.closing, "ids"), claims.c.is_alive.is_(True)
)
_BY_EVENT = select(count_closings).where(
    count_closings.c.site == bindparam("of_site"),
    among(count_closings.c.event, "ids"),
    count_closings.c.speaks.is_(True),
)
_OF_PLACE = select(*(stock.c[name] for name in KEY_NAMES)).where(
    stock.c.site == bindparam("of_site"), stock.c.place == bindparam("of_place")
)
_SPEAKING = ", ".join(f"c.{column.name}" for column in count_closings.c)
_SPOKEN = (
    f"WITH {{asked}} SELECT {_SPEAKING} FROM asked a CROSS JOIN count_closings c WHERE c.site = :site "
    "AND c.place = a.place AND c.speaks {true} AND c.effective_us >= a.low_us AND c.effective_us <= a.high_us"
)
_STOCK = ", ".join(f"s.{name}" for name in (*KEY_NAMES, "quantity", "claimed")) + (
    ", EXISTS (SELECT 1 FROM count_closings c WHERE c.site = :site AND c.place = s.place AND c.speaks {true}) "
    "AS is_closed"
)
_SERIALS = (
    "WITH {asked} SELECT " + _STOCK + " FROM asked a CROSS JOIN stock s WHERE s.site = :site AND s.item = a.item "
    "AND s.serial = a.serial AND s.serial != ''"
)
_GOODS = (
    "WITH {asked} SELECT " + _STOCK + " FROM asked a CROSS JOIN stock s WHERE s.site = :site AND s.place = a.place "
    "AND s.item = a.item AND s.lot = a.lot AND s.serial = ''"
)
