"""Timelines: the ledger in the order in which things happened, with checkpoints; filled behind the floor."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_KEY = ("place", "item", "lot", "serial", "owner", "status")


def upgrade() -> None:
    """Make the tables, empty: passes over the ledger fill them from its first row on."""
    op.create_table("timelines", _site(), *_numbers("recorded", "key_count"))
    op.create_table("passes", _site(), *_numbers("recorded", key=True), *_numbers("received_us"))
    words = (sa.Column(name, sa.Text, nullable=False, server_default="") for name in _KEY)
    op.create_table("keys", _site(), *_numbers("key_id", key=True), *words, *_numbers("newest_us", "since"))
    op.create_index("keys_named", "keys", ["site", *_KEY], unique=True)
    whole = ("key_id", "effective_us", "recorded", "quantity")
    op.create_table("timeline", _site(), *_numbers(*whole, key=True), sqlite_with_rowid=False)
    op.create_table(
        "checkpoints", _site(), *_numbers(*whole[:-1], key=True), *_numbers("balance"), sqlite_with_rowid=False
    )


def _site() -> "sa.Column[str]":
    return sa.Column("site", sa.Text, primary_key=True, nullable=False)


def _numbers(*names: str, key: bool = False) -> "list[sa.Column[int]]":
    return [sa.Column(name, sa.BigInteger, primary_key=key, autoincrement=False, nullable=False) for name in names]
