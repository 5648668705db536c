"""Reasons, limits and tasks: three more kinds of master data; and the rights that a site takes away from roles."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the tables; no site has anything in them yet, and none takes a right away."""
    op.add_column("sites", sa.Column("taken_away", sa.Text, nullable=False, server_default=""))
    _kind("reasons", "reason", ("en", "de", "es", "fr", "direction", "process"), (), ("needs_note", "needs_approval"))
    bounds = [f"{bound}_{name}" for bound in ("reason", "case") for name in ("quantity", "percent", "value")]
    _kind("limits", "limit", ("process", "role", "item", "abc", "per"), bounds, ())
    _kind("tasks", "task", ("kind", "place", "item", "not_by"), ("since",), ())
    op.create_index("limits_item", "limits", ["site", "item", "process", "active"])


def _kind(table: str, key: str, texts: Iterable[str], numbers: Iterable[str], flags: Iterable[str]) -> None:
    op.create_table(
        table,
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", key)),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in numbers),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in (*flags, "active")),
        sa.Column("version", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(f"{table}_feed", table, ["site", "version"])
