"""Whom an enrolment code is for: a new device, or one that the site has already. Those of before are for a new one."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Give every code room for it."""
    op.add_column("codes", sa.Column("device", sa.Text, nullable=False, server_default=""))
