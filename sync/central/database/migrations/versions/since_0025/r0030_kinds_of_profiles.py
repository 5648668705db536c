"""Profiles say of all goods at their places whose they are and of which status; none says anything from before."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Two columns."""
    for name in ("owner", "status"):
        op.add_column("profiles", sa.Column(name, sa.Text, nullable=False, server_default=""))
