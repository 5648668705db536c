"""Plans of counts, and what a task says of its place, its plan and who has it."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """No site has a plan yet, and nobody has a task."""
    for name in ("zone", "plan", "holder"):
        op.add_column("tasks", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in ("walk", "priority", "due", "until"):
        op.add_column("tasks", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("tasks_plan", "tasks", ["site", "active", "plan"])
    numbers = ("days_a", "days_b", "days_c", "from_a", "from_b", "below", "a_day", "priority", "version")
    op.create_table(
        "plans",
        *(sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in ("site", "plan")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "zones", "troubles")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in numbers),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("empty", "active")),
        sqlite_with_rowid=False,
    )
    op.create_index("plans_feed", "plans", ["site", "version"])
