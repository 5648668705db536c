"""Keys that cannot be: those below zero and serials in two places are found by indexes of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    is_true = "IS 1" if op.get_context().dialect.name == "sqlite" else "IS true"
    _index("stock_below", ["site", "quantity"], f"on_device {is_true} AND quantity < 0")
    serials = f"on_device {is_true} AND serial != '' AND quantity > 0"
    _index("stock_serials", ["site", "item", "serial", "quantity"], serials)


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "stock", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
