"""Who has which task, what is due by which plan, and stocktakes: there is none of them yet."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Make the tables; what was moved before is read from the ledger when a plan first wants it."""
    _table("leases", ("site", "task", "device"), ("holder",), ("until_us", "number"))
    op.create_index("leases_device", "leases", ["site", "device"])
    of_days = ("made_us", "due", "taken", "planned", "priority", "a_day")
    _table("plan_days", ("site", "plan", "day"), (), of_days)
    _table("due_places", ("site", "plan", "rank"), ("place", "zone"), ("walk", "since_us", "due_us"))
    op.create_index("due_places_place", "due_places", ["site", "place"])
    _table("place_moves", ("site", "place", "month"), (), ("moves",))
    _table("moves_read", ("site",), (), ("recorded",))
    _table("zero_checks", ("site", "place"), ("event",), ("at_us",), ("is_empty",))
    op.create_index("zero_checks_event", "zero_checks", ["site", "event"])
    numbers = ("begun_us", "closed_us", "cut_us", "recorded", "places", "left", "devices_missing")
    _table("stocktakes", ("site", "stocktake"), ("zones", "note"), numbers)


def _table(
    name: str, keys: tuple[str, ...], texts: tuple[str, ...], numbers: tuple[str, ...], flags: tuple[str, ...] = ()
) -> None:
    """A table; a key that is a rank or a month is a number."""
    op.create_table(
        name,
        *(
            sa.Column(key, sa.BigInteger if key in ("rank", "month") else sa.Text, primary_key=True, nullable=False)
            for key in keys
        ),
        *(sa.Column(column, sa.Text, nullable=False, server_default="") for column in texts),
        *(sa.Column(column, sa.BigInteger, nullable=False) for column in numbers),
        *(sa.Column(column, sa.Boolean, nullable=False) for column in flags),
    )
