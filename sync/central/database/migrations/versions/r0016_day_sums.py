"""Day sums: what a person did on a day under a limit that counts by the day."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "day_sums",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "day", "person", "limit")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("quantity", "value")),
    )
