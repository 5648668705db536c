"""How many events wait on each device, as it told last."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Devices tell it at their next exchange."""
    op.add_column("devices", sa.Column("waiting", sa.BigInteger, nullable=False, server_default="0"))
