"""Tolerances: a twelfth kind of master data."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make its table."""
    op.create_table(
        "tolerances",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "tolerance")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("item", "abc", "location", "zone", "operator")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("percent", "quantity", "value")),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("tolerances_feed", "tolerances", ["site", "version"])
