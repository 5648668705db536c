"""Recounts: what counts again what others claim, also where a closing claims that and nobody keeps it.

A closing's claim that made no difference is not kept, but it is there: a recount may agree with it. No row says where
it lies, so it is looked for among the closings of its place; and what recounts it is looked at when it is another.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.identity import claim_id
from scanner_app.domain.ledger import StockKey
from sync.central.counting.claim_rows import goods_name
from sync.central.counting.windows import Span
from sync.central.database.asked import Columns, asked_rows

_CLAIMS: Columns = {"goods": str, "claim": str}
_PLACES: Columns = {"place": str, "until_us": int}


class Firsts:
    """Where that lies which claims recount, within one walk; nothing is looked for twice."""

    def __init__(self, connection: Connection, site: str) -> None:
        self._connection = connection
        self._site = site
        self._asked: set[str] = set()

    def beyond(self, claims: Iterable[Claim], known: Collection[str]) -> list[tuple[str, Span]]:
        """Goods, and where of them that lies which some of the ``claims`` recount and is not ``known``."""
        wanted = {one.recounts: one for one in claims if one.recounts and one.recounts not in known}
        wanted = {id: one for id, one in wanted.items() if id not in self._asked}
        self._asked |= wanted.keys()
        rows = [(goods_name(one.key), id) for id, one in wanted.items()]
        kept = {row.claim: row for row in self._ask(_KEPT, _CLAIMS, rows)}
        spans = [(row.goods, Span(row.effective_us, row.effective_us)) for row in kept.values() if row.is_alive]
        return spans + self._of_closings({id: one for id, one in wanted.items() if id not in kept})

    def _of_closings(self, wanted: Mapping[str, Claim]) -> list[tuple[str, Span]]:
        """Where the closings lie that make claims which nobody keeps."""
        untils = {one.key.place: 0 for one in wanted.values()}
        for one in wanted.values():
            untils[one.key.place] = max(untils[one.key.place], one.instant.time_us)
        closings = self._ask(_CLOSINGS, _PLACES, sorted(untils.items()))
        return [
            (goods_name(one.key), Span(row.effective_us, row.effective_us))
            for id, one in wanted.items()
            for row in closings
            if row.place == one.key.place and claim_id(row.count_id, one.key) == id
        ]

    def _ask(self, statement: str, columns: Columns, rows: Collection[Any]) -> list[Any]:
        return list(asked_rows(self._connection, statement, columns, list(rows), site=self._site)) if rows else []


def recounting(connection: Connection, site: str, firsts: Mapping[str, StockKey]) -> list[Any]:
    """The rows of the claims that recount some others, of which the keys are given by their ids."""
    asked = sorted((goods_name(key), id) for id, key in firsts.items())
    return list(asked_rows(connection, _RECOUNTING, _CLAIMS, asked, site=site)) if asked else []


_KEPT = (
    "WITH {asked} SELECT c.claim, c.goods, c.effective_us, c.is_alive FROM asked a CROSS JOIN claims c "
    "WHERE c.site = :site AND c.claim = a.claim"
)
_CLOSINGS = (
    "WITH {asked} SELECT c.place, c.count_id, c.effective_us FROM asked a CROSS JOIN count_closings c "
    "WHERE c.site = :site AND c.place = a.place AND c.speaks {true} AND c.effective_us <= a.until_us"
)
_RECOUNTING = (
    "WITH {asked} SELECT c.claim, c.goods, c.effective_us, c.recounts FROM asked a CROSS JOIN claims c "
    "WHERE c.site = :site AND c.goods = a.goods AND c.is_alive {true} AND c.recounts != '' AND c.recounts = a.claim"
)
