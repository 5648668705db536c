"""Plates that a count did not see where the register has them: none is known from before."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """A row for each, and an index by the closing that it is missing by."""
    op.create_table(
        "missing_plates",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "plate")),
        *(
            sa.Column(name, sa.Text, nullable=False, server_default="")
            for name in ("place", "count_id", "closing", "operator", "device")
        ),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("closed_us", "since_us")),
    )
    op.create_index("missing_plates_closing", "missing_plates", ["site", "closing"])
    is_listed = sa.text("is_listed IS 1" if op.get_context().dialect.name == "sqlite" else "is_listed IS true")
    for name, order in (("operator", sa.text("value DESC")), ("item", "variance")):
        op.create_index(
            f"claims_listed_{name}", "claims", ["site", name, order, "claim"],
            sqlite_where=is_listed, postgresql_where=is_listed,
        )  # fmt: skip
    op.create_index("plates_location", "plates", ["site", "location"])
    op.create_index("plates_parent", "plates", ["site", "parent"])
    op.create_index("tasks_place", "tasks", ["site", "place"])
    op.create_index("tasks_item", "tasks", ["site", "item"])
