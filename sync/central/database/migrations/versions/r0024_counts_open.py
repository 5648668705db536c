"""What a site says of counting, and the counts that are open or were a moment ago."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """A site of before has no bound for recounts, and the minutes of a site that says nothing."""
    for name, default in (("recount_value_max", "-1"), ("doubt_minutes_max", "15"), ("blind_minutes", "60")):
        op.add_column("sites", sa.Column(name, sa.BigInteger, nullable=False, server_default=default))
    op.create_table(
        "counts_open",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "count")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("place", "operator")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("since", "last")),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("is_ended", "is_decided", "active")),
        sa.Column("version", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    for name, column in (("feed", "version"), ("operator", "operator"), ("last", "last")):
        op.create_index(f"counts_open_{name}", "counts_open", ["site", column])
