"""Which claims had not happened yet when they arrived: nobody has looked at those that are there, and none is."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("claims", sa.Column("is_ahead", sa.Boolean, nullable=False, server_default=sa.false()))
