"""What was adjusted, at which cost, by whom on which day: nothing was before."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """A row a leg, found by who did it on a day, and by the goods."""
    op.create_table(
        "adjustments",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "event")),
        sa.Column("leg", sa.BigInteger, primary_key=True, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False, server_default="")
            for name in (
                "person", "day", "device", "place", "item", "lot", "serial", "owner", "status", "status_after",
            )
        ),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("quantity", "cost", "value", "effective_us")),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in ("reason", "passed")),
    )  # fmt: skip
    op.create_index("adjustments_day", "adjustments", ["site", "person", "day"])
    op.create_index("adjustments_goods", "adjustments", ["site", "item", "place", "effective_us"])
