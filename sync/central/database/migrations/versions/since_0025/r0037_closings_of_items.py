"""A closing may be of one item at a place; those that are there are of all that was there."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.add_column("count_closings", sa.Column("item", sa.Text, nullable=False, server_default=""))
