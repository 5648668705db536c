"""Lives of sites: each has a store epoch of its own, that of the whole store to begin with, and a key for its marks."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Let every site go on in the life that it is in."""
    for name in ("store_epoch", "seal", "beat"):
        op.add_column("counters", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in ("kept", "beat_us", "noticed_us"):
        op.add_column("counters", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    key = [sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "beat")]
    whole = [sa.Column(name, sa.BigInteger, nullable=False) for name in ("version", "kept")]
    op.create_table("beats", *key, *whole)
    _begin(op.get_bind())


def _begin(connection: sa.Connection) -> None:
    meta = sa.table("meta", sa.column("name"), sa.column("value"))
    names = ("site", "store_epoch", "seal", "beat")
    counters = sa.table("counters", *map(sa.column, names))
    is_epoch = meta.c.name == "store_epoch"
    epoch = connection.execute(sa.select(meta.c.value).where(is_epoch)).scalar() or secrets.token_hex(8)
    for site in connection.execute(sa.select(counters.c.site)).scalars().all():
        values = {"store_epoch": epoch, "seal": secrets.token_hex(32), "beat": secrets.token_hex(8)}
        connection.execute(sa.update(counters).where(counters.c.site == site).values(**values))
    connection.execute(sa.delete(meta).where(is_epoch))
