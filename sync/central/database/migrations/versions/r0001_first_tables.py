"""The first tables: the book, its devices and codes, and eleven kinds of master data.

Stores that were made before there were migrations hold exactly these.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = ("place", "item", "lot", "serial", "owner", "status")
_IS_NOT_QUARANTINED = sa.text("outcome != 'quarantined'")
Columns = list[sa.Column[Any]]


def upgrade() -> None:
    """Make them in an empty database."""
    op.create_table("meta", *_key("name"), *_words("value"))
    head = _bytes("head")
    op.create_table("counters", *_key("site"), *_numbers("version", "recorded"), head)
    _make_stock()
    _make_events()
    _make_ledger()
    _make_devices()
    _make_codes()
    _make_places()
    _make_goods()


def _make_stock() -> None:
    counted = (*_numbers("quantity"), *_flags("on_device"), *_numbers("version"))
    op.create_table("stock", *_key("site", *_KEY), *counted, sqlite_with_rowid=False)
    op.create_index("stock_feed", "stock", ["site", "on_device", "version"])


def _make_events() -> None:
    sender = (*_words("device"), *_numbers("epoch", "sequence"), *_words("operator", "kind"), *_numbers("received_us"))
    outcome = (*_words("outcome", "reasons"), *_numbers("version"))
    op.create_table("events", *_key("site", "id"), *sender, *outcome, _bytes("payload"))
    op.create_index(
        "events_sequence",
        "events",
        ["site", "device", "epoch", "sequence"],
        unique=True,
        sqlite_where=_IS_NOT_QUARANTINED,
        postgresql_where=_IS_NOT_QUARANTINED,
    )


def _make_ledger() -> None:
    op.create_table(
        "ledger",
        *_key("site"),
        sa.Column("recorded", sa.BigInteger, primary_key=True, autoincrement=False, nullable=False),
        *_words("cause"),
        *_numbers("leg"),
        *_words(*_KEY),
        *_numbers("quantity", "effective_us"),
        *_words("device"),
        *_numbers("epoch", "sequence"),
        *_words("via", "booked"),
        _bytes("hash"),
    )


def _make_devices() -> None:
    op.create_table(
        "devices",
        *_key("site", "device"),
        *_numbers("epoch"),
        *_words("name", "token_hash"),
        *_flags("revoked"),
        *_numbers("enrolled_us", "pushed_us", "watermark_us", "offset_us", "uncertainty_us"),
        *_words("program"),
        *_numbers("protocol"),
    )
    op.create_index("devices_token", "devices", ["token_hash"])
    op.create_index("devices_name", "devices", ["site", "name"], unique=True)


def _make_codes() -> None:
    op.create_table("codes", *_key("site", "code_hash"), *_numbers("expires_us", "used_us"))
    op.create_index("codes_hash", "codes", ["code_hash"])


def _make_places() -> None:
    _make_kind("sites", [], _texts("name", "zone"))
    _make_kind("owners", ["owner"], _texts("name", "kind"))
    _make_kind("statuses", ["status"], [*_texts("name"), *_flags("blocking")])
    _make_kind("profiles", ["profile"], _flags("plates_only", "mixes_items", "mixes_lots"))
    where = [*_texts("zone"), *_numbers("walk_order"), *_texts("profile", "label", "check_digits", "state")]
    _make_kind("locations", ["location"], where)
    _make_kind("plates", ["plate"], _texts("location", "parent"))


def _make_goods() -> None:
    kept = [*_texts("name", "base_unit", "tracking"), *_flags("has_expiry"), *_numbers("decimals", "cost")]
    _make_kind("items", ["item"], [*kept, *_texts("abc")])
    _make_kind("units", ["item", "unit"], _numbers("factor"))
    _make_kind("barcodes", ["code", "item", "unit"], [])
    _make_kind("lots", ["item", "lot"], _texts("expires"))
    _make_kind("operators", ["operator"], _texts("name", "badge", "verifier", "roles", "language"))


def _make_kind(name: str, key: list[str], columns: Columns) -> None:
    """A table of master data: every row says whether it is active, and at which version it last changed."""
    op.create_table(
        name, *_key("site", *key), *columns, *_flags("active"), *_numbers("version"), sqlite_with_rowid=False
    )
    op.create_index(f"{name}_feed", name, ["site", "version"])


def _key(*names: str) -> Columns:
    return [sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in names]


def _texts(*names: str) -> Columns:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _words(*names: str) -> Columns:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _numbers(*names: str) -> Columns:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def _flags(*names: str) -> Columns:
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=False)
