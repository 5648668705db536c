"""Touched: of which goods, among those that a batch posts, counts claim something that may be affected."""

from collections.abc import Mapping

from sqlalchemy import Connection

from scanner_app.domain.ledger import StockKey
from sync.central.counting.windows import Span
from sync.central.database.asked import Columns, asked_rows

_COLUMNS: Columns = {"goods": str, "place": str, "low_us": int}


def goods_with_claims(
    connection: Connection, site: str, spans: Mapping[str, Span], keys: Mapping[str, set[StockKey]]
) -> set[str]:
    """Of goods, by name, and their ``keys`` those with claims, or closings of their places, from their spans on.

    Where no keys are given, only claims are looked for.
    """
    places = {goods: {key.place for key in keys[goods]} or {""} for goods in spans}
    asked = sorted((goods, place, spans[goods].low_us) for goods in spans for place in places[goods])
    return {row.goods for row in asked_rows(connection, _ANY, _COLUMNS, asked, site=site)} if asked else set()


_ANY = (
    "WITH {asked} SELECT a.goods FROM asked a WHERE EXISTS (SELECT 1 FROM claims c WHERE c.site = :site "
    "AND c.goods = a.goods AND c.is_alive {true} AND c.effective_us >= a.low_us) OR EXISTS (SELECT 1 "
    "FROM count_closings c WHERE c.site = :site AND c.place = a.place AND c.speaks {true} "
    "AND c.effective_us >= a.low_us)"
)
