"""What never happened, and where plates stood: annulments, and the timeline of every plate.

Both are empty at first: a timeline begins with what master data says when an event first moves its plate.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_IS_WAITING = sa.column("is_waiting", sa.Boolean).is_(True)


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "annulments",
        *(_key(name) for name in ("site", "id")),
        *(_word(name) for name in ("event", "operator")),
        *(_flag(name) for name in ("may_decide", "is_waiting")),
    )
    op.create_index("annulments_event", "annulments", ["site", "event"])
    op.create_index(
        "annulments_waiting", "annulments", ["site"], sqlite_where=_IS_WAITING, postgresql_where=_IS_WAITING
    )
    op.create_table(
        "plate_places",
        *(_key(name) for name in ("site", "plate")),
        _key("effective_us", sa.BigInteger),
        _key("device"),
        *(_key(name, sa.BigInteger) for name in ("epoch", "sequence")),
        *(_word(name) for name in ("location", "parent", "cause")),
        _flag("is_void"),
    )
    op.create_index("plate_places_cause", "plate_places", ["site", "cause"])


def _key(name: str, kind: type[sa.Text] | type[sa.BigInteger] = sa.Text) -> "sa.Column[object]":
    return sa.Column(name, kind, primary_key=True, autoincrement=False, nullable=False)


def _word(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean, nullable=False)
