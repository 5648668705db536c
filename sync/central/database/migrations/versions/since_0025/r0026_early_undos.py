"""Annulments that were booked before what they name had arrived, by what they wait for."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
_UNDO = ("annulled",)
"""The kinds of events that undo another, as this migration knew them."""
_WORDS = ("site", "event", "id", "names", "operator")


def upgrade() -> None:
    """Those of before wait, too, as their authors could not decide what others did; what has come stays as it is."""
    columns = [
        sa.Column(name, sa.Text, primary_key=name in _WORDS[:3], nullable=False, server_default=None)
        if name in _WORDS[:3]
        else sa.Column(name, sa.Text, nullable=False, server_default="")
        for name in _WORDS
    ]
    early = op.create_table("undos_early", *columns, sa.Column("may_decide", sa.Boolean, nullable=False))
    rows = list(_early(op.get_bind()))
    if rows:
        op.bulk_insert(early, rows)


def _early(connection: sa.Connection) -> list[dict[str, object]]:
    events = sa.table("events", *map(sa.column, ("site", "id", "operator", "kind", "outcome", "reasons", "payload")))
    is_early = events.c.reasons.contains("unknown_event") & (events.c.outcome == "posted_with_exceptions")
    found = connection.execute(sa.select(events).where(events.c.kind.in_(_UNDO), is_early)).all()
    named = {(row.site, row.id): str(json.loads(bytes(row.payload))["fact"]["event"]) for row in found}
    rows: list[dict[str, object]] = []
    for row in found:
        name = named[row.site, row.id]
        has_come = sa.select(events.c.id).where(events.c.site == row.site, events.c.id == name)
        if connection.execute(has_come).first() is None:
            whose = {"site": row.site, "event": name, "id": row.id, "names": name, "operator": row.operator}
            rows.append({**whose, "may_decide": False})
    return rows
