"""What two persons count; of the claims that are there nobody said so."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    names = ("item", "abc", "location", "zone", "operator")
    op.create_table(
        "double_counts",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "double_count")),
        *(sa.Column(name, sa.Text, nullable=False) for name in names),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("value", "version")),
        sa.Column("active", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("double_counts_feed", "double_counts", ["site", "version"])
    op.add_column("claims", sa.Column("two_from", sa.BigInteger, nullable=False, server_default="-1"))
    two = sa.text("two_from >= 0")
    op.create_index("claims_two", "claims", ["site", "count_id"], sqlite_where=two, postgresql_where=two)
