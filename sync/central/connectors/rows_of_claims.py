"""Rows of claims: through which count a row of the ledger was written, who counted, why it stands, who said so."""

from typing import Any

from sqlalchemy import func

from sync.central.book.via import via_of
from sync.central.database.tables import claims, ledger, words

_PART = len(via_of("")) + 1
NAMES_OF_CLAIM = ("count", "counted_by", "stands", "decided_by", "reason")
OF_CLAIM = tuple(
    column.label(name)
    for name, column in zip(
        NAMES_OF_CLAIM,
        (claims.c.count_id, claims.c.operator, claims.c.standing, words.c.operator, words.c.reason),
        strict=True,
    )
)
"""What is told of a claim beside each of its rows; nothing of rows that no claim wrote."""


def with_claims(rows: Any) -> Any:
    """Rows of the ledger with the claims through which they were written, and the words that rule those."""
    of_claim = (claims.c.site == ledger.c.site) & (claims.c.claim == func.substr(ledger.c.via, _PART))
    ruling = (words.c.site == claims.c.site) & (words.c.number == claims.c.word)
    is_written = ledger.c.via.startswith(via_of(""))
    return rows.outerjoin(claims, of_claim & is_written).outerjoin(words, ruling)
