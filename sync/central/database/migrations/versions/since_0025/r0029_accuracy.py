"""How true the book is: what claims were at first, which counts have changed, and the figures made of them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
_SUMS = (
    "lines", "differing", "beyond", "places", "places_differing", "value", "gross", "net", "booked", "met", "late",
    "took_us", "scans", "recounts", "recounted", "rejected", "waiting", "costless",
)  # fmt: skip


def upgrade() -> None:
    """Of the claims of before nobody knows what they were at first: no figure says that it went since."""
    op.add_column("claims", sa.Column("abc", sa.Text, nullable=False, server_default=""))
    op.add_column("claims", sa.Column("met", sa.BigInteger, nullable=False, server_default="0"))
    claims = sa.table("claims", *map(sa.column, ("site", "item", "met", "variance", "abc")))
    items = sa.table("items", *map(sa.column, ("site", "item", "abc")))
    abc = sa.select(items.c.abc).where(items.c.site == claims.c.site, items.c.item == claims.c.item).scalar_subquery()
    op.execute(sa.update(claims).values(met=sa.func.abs(claims.c.variance), abc=sa.func.coalesce(abc, "")))
    op.create_table("count_changes", *_keys("site"), *_whole_keys("number"), *_keys("count_id"))
    _lines()
    _places()
    op.create_table(
        "accuracy_sums",
        *_keys("site", "facet", "period", "name"),
        *_wholes(*_SUMS),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "accuracy_progress",
        *_keys("site"),
        *_wholes("number"),
        *_texts("zone"),
        *_wholes("day_starts"),
        sa.Column("is_whole", sa.Boolean, nullable=False),
        *_texts("reached"),
    )


def _lines() -> None:
    names = ("count_id", "place", "item", "lot", "serial", "owner", "status", "day", "zone", "abc", "operator")
    op.create_table(
        "accuracy_lines",
        *_keys("site", "claim"),
        *_texts(*names, "reason", "counts_again", "standing"),
        *_wholes("effective_us", "quantity", "difference", "cost", "word", *_SUMS),
    )
    op.create_index("accuracy_lines_count", "accuracy_lines", ["site", "count_id"])
    op.create_index("accuracy_lines_day", "accuracy_lines", ["site", "day", "zone"])
    for name, column, sign in (("differing", "day", "differing > 0"), ("word", "word", "word > 0")):
        where = sa.text(sign)
        op.create_index(
            f"accuracy_lines_{name}", "accuracy_lines", ["site", column], sqlite_where=where, postgresql_where=where
        )
    op.create_index("words_at", "words", ["site", "at_us"])


def _places() -> None:
    op.create_table(
        "accuracy_places",
        *_keys("site", "count_id"),
        *_texts("place", "day", "zone", "operator", "closing"),
        *_wholes("effective_us", "begun_us", *_SUMS),
    )
    op.create_index("accuracy_places_day", "accuracy_places", ["site", "day"])
    op.create_index("accuracy_places_place", "accuracy_places", ["site", "place", "effective_us"])


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True, nullable=False) for name in names]


def _whole_keys(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False, nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _wholes(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]
