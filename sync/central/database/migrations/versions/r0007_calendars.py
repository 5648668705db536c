"""Calendars: the days of a site, its holidays, and how far its books are closed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables; no site has closed anything."""
    op.add_column("counters", sa.Column("closed_until_us", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("counters", sa.Column("open_day", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "calendars",
        _key("site"),
        sa.Column("day_starts", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("working", "closed_month")),
    )
    op.create_table("holidays", _key("site"), _key("day"))


def _key(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, primary_key=True, nullable=False)
