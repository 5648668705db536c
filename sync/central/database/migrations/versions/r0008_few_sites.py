"""Few sites: PostgreSQL is told that no table has a row a site, whatever it finds in one that is still small.

Statistics of a table with a single row say that its site is unique. Until they are renewed, every plan then reads all
rows of a site instead of those that are asked for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

SITES = 10
"""About as many as a company has; what a larger sample shows counts for more."""
_TABLES = (
    "annulments", "barcodes", "checkpoints", "codes", "devices", "events", "items", "keys", "ledger", "locations",
    "lots", "operators", "passes", "plate_places", "plates", "stock", "timeline", "units",
)  # fmt: skip


def upgrade() -> None:
    """SQLite has no such setting, and needs none: it prefers the index that fits most of what is asked."""
    if op.get_context().dialect.name == "postgresql":
        for table in _TABLES:
            op.execute(sa.text(f"ALTER TABLE {table} ALTER COLUMN site SET (n_distinct = {SITES})"))
