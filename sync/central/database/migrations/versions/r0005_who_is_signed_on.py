"""Who is signed on at a device, and since when."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Give every device room for it."""
    op.add_column("devices", sa.Column("operator", sa.Text, nullable=False, server_default=""))
    op.add_column("devices", sa.Column("operator_since_us", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("devices_operator", "devices", ["site", "operator"])
