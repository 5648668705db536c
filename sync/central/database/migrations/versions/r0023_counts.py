"""Counts: their lines, closings and claims, and beside each key of stock the instant of its latest standing claim."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_KEY = ("place", "item", "lot", "serial", "owner", "status")


def upgrade() -> None:
    op.add_column("counters", sa.Column("claimed_us", sa.BigInteger, nullable=False, server_default=str(-(2**62))))
    op.add_column("counters", sa.Column("claim_doubt_us", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("stock", sa.Column("claimed", sa.Text, nullable=False, server_default=""))
    _index("stock_of_serials", "stock", ("item", "serial"), "serial != ''")
    _lines()
    _claims()
    if op.get_context().dialect.name == "postgresql":
        for table in ("count_lines", "count_sightings", "count_closings", "count_undos", "claims", "claim_amounts"):
            op.execute(sa.text(f"ALTER TABLE {table} ALTER COLUMN site SET (n_distinct = 10)"))


def _lines() -> None:
    keyed = (*_texts("count_id", "claim", *_KEY), *_wholes("quantity", "begun_us"), *_said())
    flags = _flags("is_owner_said", "is_status_said")
    _table("count_lines", "event", *keyed, *flags, *_texts("recounts"), *_flags("was_shown", "is_undone"))
    _index("count_lines_claim", "count_lines", ("claim",))
    _index("count_lines_count", "count_lines", ("count_id",))
    _table("count_sightings", "event", *_texts("count_id", "plate", "place"), *_said(), *_flags("is_undone"))
    _index("count_sightings_count", "count_sightings", ("count_id",))
    closed = (*_texts("count_id", "place"), *_wholes("lines", "sightings", "begun_us"), *_said())
    _table("count_closings", "event", *closed, *_flags("is_undone", "speaks"), *_wholes("missing", "waited"))
    _index("count_closings_count", "count_closings", ("count_id",))
    _index("count_closings_place", "count_closings", ("place", "effective_us"), f"speaks {_true()}")
    _table("count_undos", "event", *_texts("undoes"), *_instant(), *_texts("operator"))
    _index("count_undos_undoes", "count_undos", ("undoes",))


def _claims() -> None:
    _table(
        "claims",
        "claim",
        *_texts("goods", "count_id", *_KEY, "closing", "version"),
        *_wholes("quantity", "begun_us"),
        *_instant(),
        *_wholes("uncertainty_us"),
        *_texts("clock", "operator", "persons"),
        *_flags("is_unsaid"),
        *_texts("recounts"),
        *_flags("was_shown"),
        *_wholes("percent_max", "quantity_max", "value_max", "recount_value_max", "doubt_us_max", "cost"),
        *_texts("zone"),
        *_flags("is_alive", "is_long"),
        *_wholes("variance", "adjustment", "below", "above"),
        *_texts("standing"),
        *_flags("stands", "waits"),
        *_texts("parts"),
        *_flags("is_unclear", "is_for_review", "is_listed"),
        *_wholes("word", "value"),
    )
    amounts = sa.Column("number", sa.BigInteger, primary_key=True, nullable=False)
    _table("claim_amounts", "claim", amounts, *_wholes("amount"))
    _index("claims_count", "claims", ("count_id", "goods"))
    _index("claims_closing", "claims", ("closing",))
    _index("claims_alive", "claims", ("goods", "effective_us"), f"is_alive {_true()}")
    for name, such in (
        ("standing", f"stands {_true()}"),
        ("waiting", f"waits {_true()}"),
        ("long", f"is_long {_true()}"),
        ("recounting", "recounts != ''"),
        ("pinned", "standing IN ('accepted', 'agreed')"),
    ):
        _index(f"claims_{name}", "claims", ("goods", "effective_us"), f"is_alive {_true()} AND {such}")
    _index("claims_shown", "claims", ("goods", "effective_us"), f"is_listed {_true()}")
    _index("claims_listed", "claims", (sa.text("value DESC"), "claim"), f"is_listed {_true()}")
    _index("claims_listed_zone", "claims", ("zone", sa.text("value DESC"), "claim"), f"is_listed {_true()}")


def _true() -> str:
    """As SQLAlchemy writes it: an index whose condition is written otherwise is not used."""
    return "IS 1" if op.get_context().dialect.name == "sqlite" else "IS true"


def _table(name: str, key: str, *columns: "sa.Column[str] | sa.Column[int] | sa.Column[bool]") -> None:
    keys = (sa.Column(word, sa.Text, primary_key=True, nullable=False) for word in ("site", key))
    op.create_table(name, *keys, *columns)


def _index(name: str, table: str, columns: "Sequence[str | sa.TextClause]", such: str = "") -> None:
    where = sa.text(such) if such else None
    op.create_index(name, table, ["site", *columns], sqlite_where=where, postgresql_where=where)


def _texts(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _wholes(*names: str) -> "list[sa.Column[int]]":
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def _flags(*names: str) -> "list[sa.Column[bool]]":
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def _instant() -> "list[sa.Column[int] | sa.Column[str]]":
    return [*_wholes("effective_us"), *_texts("device"), *_wholes("epoch", "sequence")]


def _said() -> "list[sa.Column[int] | sa.Column[str]]":
    return [*_instant(), *_wholes("uncertainty_us"), *_texts("operator", "person", "state")]
