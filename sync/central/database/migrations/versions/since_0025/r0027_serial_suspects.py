"""Serials of which there is more than one piece, and the index of all of them by the serial."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
_PIECE = 1_000_000


def upgrade() -> None:
    """Those of today are found once, by going over all of them."""
    is_true = "IS 1" if op.get_context().dialect.name == "sqlite" else "IS true"
    for_device = sa.text(f"on_device {is_true} AND serial != '' AND quantity > 0")
    op.drop_index("stock_serials", "stock")
    op.create_index(
        "stock_serials", "stock", ["site", "serial", "item", "quantity"],
        sqlite_where=for_device, postgresql_where=for_device,
    )  # fmt: skip
    suspects = op.create_table(
        "serial_suspects",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "serial", "item")),
    )
    stock = sa.table("stock", *map(sa.column, ("site", "serial", "item", "quantity")))
    key = (stock.c.site, stock.c.serial, stock.c.item)
    twice = sa.select(*key).where(for_device).group_by(*key).having(sa.func.sum(stock.c.quantity) > _PIECE)
    op.execute(suspects.insert().from_select(["site", "serial", "item"], twice))
