"""Touched: of which goods, among those that a batch posts, counts claim something that may be affected."""

from collections.abc import Mapping

from sqlalchemy import Connection

from scanner_app.domain.ledger import StockKey
from sync.central.counting.claim_rows import LONG_US
from sync.central.counting.windows import AROUND, Span
from sync.central.database.asked import Columns, asked_rows

_COLUMNS: Columns = {"goods": str, "place": str, "low_us": int, "high_us": int}


def goods_with_claims(
    connection: Connection, site: str, spans: Mapping[str, Span], keys: Mapping[str, set[StockKey]]
) -> dict[str, Span]:
    """Of goods, by name, and their ``keys`` those with claims, or closings of their places, from their spans on.

    The spans are as wide as what claims lie around them. Where no keys are given, only claims are looked for.
    """
    places = {goods: {key.place for key in keys[goods]} or {""} for goods in spans}
    asked = sorted((goods, place, *spans[goods]) for goods in spans for place in places[goods])
    found: dict[str, Span] = {}
    for row in asked_rows(connection, _ANY, _COLUMNS, asked, site=site, long_us=LONG_US) if asked else ():
        found[row.goods] = Span(row.low_us, row.high_us).with_(found.get(row.goods, spans[row.goods]))
    return found


_ANY = (
    "WITH {asked} SELECT a.goods, a.low_us, a.high_us FROM asked a WHERE EXISTS (SELECT 1 FROM claims c "
    "WHERE c.site = :site AND c.goods = a.goods AND c.is_alive {true} AND c.effective_us >= a.low_us) "
    "OR EXISTS (SELECT 1 FROM count_closings c WHERE c.site = :site AND c.place = a.place AND c.speaks {true} "
    f"AND c.effective_us >= a.low_us) UNION ALL {AROUND}"
)
