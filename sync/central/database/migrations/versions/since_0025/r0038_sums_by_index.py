"""What waits at the desk is added up from its index alone, which says of each how many pieces it is about, too."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.drop_index("events_undecided", "events")
    waits = sa.text("word = 0 AND outcome != 'posted'")
    columns: list[str | sa.TextClause] = ["site", "outcome", sa.text("value DESC"), "id", "quantity"]
    op.create_index("events_undecided", "events", columns, sqlite_where=waits, postgresql_where=waits)
