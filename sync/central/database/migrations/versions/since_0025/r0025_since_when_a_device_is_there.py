"""Since when a device is there, and the number and the instant of the newest event that it has pushed."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """The first epoch is given once: a device that has it was never enrolled again."""
    for name in ("begun_us", "newest_epoch", "newest_sequence", "newest_us"):
        op.add_column("devices", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    devices = sa.table("devices", *map(sa.column, ("epoch", "enrolled_us", "begun_us")))
    op.execute(sa.update(devices).where(devices.c.epoch == 1).values(begun_us=devices.c.enrolled_us))
