"""Orders about devices and people, numbered among the words of a site, and wrong PINs of who ordered."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make their tables; nothing has been said so far."""
    op.add_column("counters", _whole("word", server_default="0"))
    words = ("word", "subject", "text", "operator", "person", "device")
    op.create_table("orders", *_key("site", "id"), _whole("number"), *map(_text, words), _whole("at_us"))
    op.create_index("orders_number", "orders", ["site", "number"], unique=True)
    op.create_index("orders_subject", "orders", ["site", "subject"])
    op.create_table("pin_failures", *_key("site", "person"), _whole("failures"), _whole("at_us"))


def _key(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in names]


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _whole(name: str, server_default: str | None = None) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False, server_default=server_default)
