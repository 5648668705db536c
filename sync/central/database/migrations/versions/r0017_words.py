"""Words: what people said on what waits for somebody, what came back by it, and all who are signed on at a device.

Exceptions that are older than 30 days count as seen: nobody looked at them while there was no way to say so.
"""

import time

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

OLD_US = 30 * 24 * 3600 * 1_000_000
TOO_OLD = -1
_HAS_NUMBER = sa.and_(sa.text("outcome != 'quarantined'"), sa.column("let_in", sa.Boolean).is_(False))
"""Word for word as a look-up of numbers asks: only so is the index its own."""


def upgrade() -> None:
    """Make the tables; the numbers of events that were let in may be others' too."""
    op.add_column("counters", sa.Column("back", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("events", sa.Column("let_in", sa.Boolean, nullable=False, server_default=sa.false()))
    op.drop_index("events_sequence", "events")
    op.create_index(
        "events_sequence", "events", ["site", "device", "epoch", "sequence"],
        unique=True, sqlite_where=_HAS_NUMBER, postgresql_where=_HAS_NUMBER,
    )  # fmt: skip
    old = sa.text("UPDATE events SET word = :old WHERE outcome = 'posted_with_exceptions' AND received_us < :until_us")
    op.get_bind().execute(old, {"old": TOO_OLD, "until_us": time.time_ns() // 1_000 - OLD_US})
    _make_words()
    _make_came_back()
    _widen_plate_places()
    op.create_table("signed_on", *_keys("site", "device", "operator"), _whole("since_us"))
    op.create_index("signed_on_operator", "signed_on", ["site", "operator"])
    op.execute(
        "INSERT INTO signed_on SELECT site, device, operator, operator_since_us FROM devices WHERE operator <> ''"
    )


def _make_words() -> None:
    op.create_table(
        "words", *_keys("site"), _key("number", sa.BigInteger),
        *_texts("event", "kind", "subject", "subject_version"), _whole("seen"), _whole("amount"),
        *_texts("word", "operator", "person", "device", "reason", "note"), _whole("at_us"), _flag("is_valid"),
        *_texts("why", "by"), _whole("by_us"), *_texts("outcome_before", "reasons_before", "outcome", "reasons"),
    )  # fmt: skip
    op.create_index("words_subject", "words", ["site", "kind", "subject"])
    op.create_index("words_event", "words", ["site", "event"])
    op.create_table(
        "identifications", *_keys("site", "event", "code"), *_texts("item"), _whole("factor"), _whole("word")
    )


def _make_came_back() -> None:
    op.create_table(
        "came_back", *_keys("site"), _key("number", sa.BigInteger),
        *_texts("event", "operator", "person", "device", "outcome", "reasons", "by"),
        _whole("when_us"), _whole("version"), *_texts("subject"), _whole("subjects"), *_texts("place", "item"),
        _whole("quantity"), _whole("happened_us"), _flag("is_told"),
    )  # fmt: skip
    for name in ("device", "person"):
        op.create_index(f"came_back_{name}", "came_back", ["site", name, "number"])


def _widen_plate_places() -> None:
    """An event that was let in may say something of a plate at the instant and by the number of another."""
    op.create_table(
        "plate_places_wide", *_keys("site", "plate"), _key("effective_us", sa.BigInteger), *_keys("device"),
        *(_key(name, sa.BigInteger) for name in ("epoch", "sequence")), *_texts("location", "parent"), *_keys("cause"),
        _flag("is_void"),
    )  # fmt: skip
    op.execute("INSERT INTO plate_places_wide SELECT * FROM plate_places")
    op.drop_table("plate_places")
    op.rename_table("plate_places_wide", "plate_places")
    op.create_index("plate_places_cause", "plate_places", ["site", "cause"])


def _key(name: str, kind: type[sa.Text] | type[sa.BigInteger] = sa.Text) -> "sa.Column[object]":
    return sa.Column(name, kind, primary_key=True, autoincrement=False, nullable=False)


def _keys(*names: str) -> "list[sa.Column[object]]":
    return [_key(name) for name in names]


def _texts(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False)


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean, nullable=False)
