"""How many sessions a device was invited with, by which it has its shares of what devices share."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """A device of before is a handheld: one session."""
    for table in ("codes", "devices"):
        op.add_column(table, sa.Column("sessions", sa.BigInteger, nullable=False, server_default="1"))
