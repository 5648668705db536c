"""Why tasks ended without being done: of those that did before, nobody knows it."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    texts = ("place", "item", "reason", "operator")
    op.create_table(
        "ended_tasks",
        *(sa.Column(key, sa.Text, primary_key=True, nullable=False) for key in ("site", "task")),
        *(sa.Column(name, sa.Text, nullable=False, server_default="") for name in texts),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_index("ended_tasks_at", "ended_tasks", ["site", "at_us"])
    op.create_index("ended_tasks_place", "ended_tasks", ["site", "place"])
