"""Who sent what is quarantined: nobody knows of those from before."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Give every event room for it, and let an index find what is quarantined of a device."""
    op.add_column("events", sa.Column("sender", sa.Text, nullable=False, server_default=""))
    is_quarantined = sa.text("outcome = 'quarantined'")
    op.create_index(
        "events_quarantined",
        "events",
        ["site", "sender"],
        sqlite_where=is_quarantined,
        postgresql_where=is_quarantined,
    )
