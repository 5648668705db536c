"""Claims as a listing: what each count found of each key, what the book had, why it stands, and who decided."""

from sqlalchemy import select

from scanner_app.domain.catalog import NO_LIMIT
from scanner_app.domain.quantity import show_quantity
from sync.central.database.tables import KEY_NAMES, claims, words
from sync.central.exports.listing import Listing, Row

_DECIMALS = (
    "quantity", "variance", "adjustment", "least", "most", "value", "cost",
    "percent_max", "quantity_max", "value_max", "recount_value_max",
)  # fmt: skip
_LIMITS = frozenset({"percent_max", "quantity_max", "value_max", "recount_value_max"})


def _shown(row: Row) -> Row:
    for name in _DECIMALS:
        row[name] = "" if name in _LIMITS and row[name] == NO_LIMIT else show_quantity(row[name])
    return row | {name: row[name] or "" for name in ("decided_by", "reason", "note")}


_ruling = (words.c.site == claims.c.site) & (words.c.number == claims.c.word)
_NAMES = (
    "claim", *KEY_NAMES, "quantity", "variance", "adjustment", "standing", "word",
)  # fmt: skip
_AFTER = (
    "operator", "begun_us", "effective_us", "device", "uncertainty_us", "closing", "version", "recounts", "cost",
    "value", "percent_max", "quantity_max", "value_max", "recount_value_max", "zone",
)  # fmt: skip
CLAIMS_OF_COUNTS = Listing(
    select(
        claims.c.site, claims.c.count_id.label("count"),
        *(claims.c[name] for name in _NAMES),
        (claims.c.variance + claims.c.below).label("least"), (claims.c.variance + claims.c.above).label("most"),
        words.c.operator.label("decided_by"), words.c.reason, words.c.note,
        *(claims.c[name] for name in _AFTER),
    )
    .select_from(claims.outerjoin(words, _ruling))
    .where(claims.c.is_alive.is_(True))
    .order_by(claims.c.site, claims.c.effective_us, claims.c.claim),
    _shown,
)  # fmt: skip
"""What was never true, as each of its lines was taken back, is left out."""
