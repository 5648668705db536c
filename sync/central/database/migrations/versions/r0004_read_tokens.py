"""Read tokens: who may read the book of a site and change nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "read_tokens",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "name")),
        sa.Column("token_hash", sa.Text, nullable=False, server_default=""),
        sa.Column("revoked", sa.Boolean, nullable=False),
        sa.Column("given_us", sa.BigInteger, nullable=False),
    )
    op.create_index("read_tokens_hash", "read_tokens", ["token_hash"])
