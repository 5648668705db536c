"""Persons: of an operator, who it is, so that two badges of one person are known to be one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Whoever has no person named is one of his own."""
    op.add_column("operators", sa.Column("person", sa.Text, nullable=False, server_default=""))
