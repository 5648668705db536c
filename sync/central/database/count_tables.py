"""Tables of counting: what was counted and closed, what each count claims of each key, and which of that stands."""

from sqlalchemy import BigInteger, Boolean, Column, Index, and_, false, literal_column

from sync.central.database.table import KEY_NAMES, table, text, whole


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _instant() -> tuple[Column[int] | Column[str], ...]:
    return whole("effective_us"), text("device"), whole("epoch"), whole("sequence")


def _said() -> tuple[Column[int] | Column[str], ...]:
    """What is told of a fact of a count: when, by which clock, by whom, and what became of it at the centre."""
    return (*_instant(), whole("uncertainty_us"), text("operator"), text("person"), text("state"))


count_lines = table(
    "count_lines",
    "counting",
    text("site", key=True),
    text("event", key=True),
    text("count_id"),
    text("claim"),
    *(text(name) for name in KEY_NAMES),
    *(whole(name) for name in ("quantity", "begun_us")),
    *_said(),
    *(_flag(name) for name in ("is_owner_said", "is_status_said")),
    text("recounts"),
    *(_flag(name) for name in ("was_shown", "is_undone")),
)
"""Lines: what was counted of a key, each part of the ``claim`` that its count makes of the key.

``state`` is *held* as long as nobody knows what was counted, *booked* or *void*. Times are settled.
"""
Index("count_lines_claim", count_lines.c.site, count_lines.c.claim)
Index("count_lines_count", count_lines.c.site, count_lines.c.count_id)

count_sightings = table(
    "count_sightings",
    "counting",
    text("site", key=True),
    text("event", key=True),
    text("count_id"),
    *(text(name) for name in ("plate", "place")),
    *_said(),
    _flag("is_undone"),
)
"""Plates that counts saw; where they stand says the register of plates."""
Index("count_sightings_count", count_sightings.c.site, count_sightings.c.count_id)

count_closings = table(
    "count_closings",
    "counting",
    text("site", key=True),
    text("event", key=True),
    text("count_id"),
    text("place"),
    *(whole(name) for name in ("lines", "sightings", "begun_us")),
    *_said(),
    *(_flag(name) for name in ("is_undone", "speaks")),
    *(whole(name) for name in ("missing", "waited")),
    text("item"),
)
"""Closings: of a place, or of one ``item`` there. One ``speaks`` that is the last of its count, and not inert.

It is while lines or sightings are ``missing``, or ``waited`` for until somebody says what their codes are.
"""
Index("count_closings_count", count_closings.c.site, count_closings.c.count_id)
_SPEAKS = count_closings.c.speaks.is_(True)
CLOSED_WHOLE = and_(_SPEAKS, count_closings.c.item == literal_column("''"))
"""The closings that speak of all that is at their places."""
Index(
    "count_closings_place", count_closings.c.site, count_closings.c.place, count_closings.c.effective_us,
    sqlite_where=_SPEAKS, postgresql_where=_SPEAKS,
)  # fmt: skip

count_undos = table(
    "count_undos",
    "counting",
    text("site", key=True),
    text("event", key=True),
    text("undoes"),
    *_instant(),
    text("operator"),
)
"""Each event that says of another one that it never happened, with its number: a closing has seen it or has not."""
Index("count_undos_undoes", count_undos.c.site, count_undos.c.undoes)

claims = table(
    "claims",
    "counting",
    text("site", key=True),
    text("claim", key=True),
    text("goods"),
    text("count_id"),
    *(text(name) for name in KEY_NAMES),
    *(text(name) for name in ("closing", "version")),
    *(whole(name) for name in ("quantity", "begun_us")),
    *_instant(),
    whole("uncertainty_us"),
    *(text(name) for name in ("clock", "operator", "persons")),
    _flag("is_unsaid"),
    text("recounts"),
    _flag("was_shown"),
    *(whole(name) for name in ("percent_max", "quantity_max", "value_max", "recount_value_max")),
    *(whole(name) for name in ("doubt_us_max", "cost")),
    text("zone"),
    *(_flag(name) for name in ("is_alive", "is_long")),
    *(whole(name) for name in ("variance", "adjustment", "below", "above")),
    text("standing"),
    *(_flag(name) for name in ("stands", "waits")),
    text("parts"),
    *(_flag(name) for name in ("is_unclear", "is_for_review", "is_listed")),
    *(whole(name) for name in ("word", "value")),
    text("abc"),
    Column("met", BigInteger, nullable=False, server_default="0"),
    Column("is_ahead", Boolean, nullable=False, server_default=false()),
    Column("two_from", BigInteger, nullable=False, server_default="-1"),
)
"""What a count claims of a key: by its lines, or by the ``closing`` of the place, for what has none.

``goods`` are all keys that are walked together: those of a place, item and lot, or those of a serial. ``clock`` is the
device by whose clock it occupies its time, empty where several had a part in it. The limits and the cost are those of
the day when the centre first met the claim, and never change. A claim of which every line was taken back is kept, as
are the words on it: it is not ``is_alive``. ``is_long`` is one that took hours.

``adjustment`` is what a claim has put into the book, ``standing`` why it stands or does not, ``word`` the number of the
one that rules it, ``parts`` what it says of other keys of its goods (JSON). ``is_unclear``: somebody must say whose the
goods are, or their status. ``value`` (micro-currency) is what the difference is worth. ``abc`` is the class of the item
when the centre first met the claim, ``met`` how much it was off when it first met it as it is; ``is_ahead`` is one that
had not happened yet when the centre first met it. Two persons count it from a value ``two_from`` on (-1: one does).
"""
claim_amounts = table(
    "claim_amounts",
    "counting",
    text("site", key=True),
    text("claim", key=True),
    whole("number", key=True),
    whole("amount"),
)
"""The difference that each claim of a closing had when somebody said the word ``number`` on the closing as a whole."""

_ALIVE = claims.c.is_alive.is_(True)
_STANDS = and_(_ALIVE, claims.c.stands.is_(True))
_WAITS = and_(_ALIVE, claims.c.waits.is_(True))
_LONG = and_(_ALIVE, claims.c.is_long.is_(True))
_LISTED = claims.c.is_listed.is_(True)
_RECOUNTS = and_(_ALIVE, claims.c.recounts != literal_column("''"))
_PINS = and_(_ALIVE, claims.c.standing.in_([literal_column("'accepted'"), literal_column("'agreed'")]))
Index("claims_count", claims.c.site, claims.c.count_id, claims.c.goods)
Index("claims_closing", claims.c.site, claims.c.closing)
_TWO = claims.c.two_from >= literal_column("0")
Index("claims_two", claims.c.site, claims.c.count_id, sqlite_where=_TWO, postgresql_where=_TWO)
for _name, _where in (
    ("alive", _ALIVE), ("standing", _STANDS), ("waiting", _WAITS), ("long", _LONG), ("recounting", _RECOUNTS),
    ("pinned", _PINS), ("shown", _LISTED),
):  # fmt: skip
    Index(
        f"claims_{_name}", claims.c.site, claims.c.goods, claims.c.effective_us,
        sqlite_where=_where, postgresql_where=_where,
    )  # fmt: skip
for _name, _zone in (("listed", ()), ("listed_zone", (claims.c.zone,))):
    Index(
        f"claims_{_name}", claims.c.site, *_zone, claims.c.value.desc(), claims.c.claim,
        sqlite_where=_LISTED, postgresql_where=_LISTED,
    )  # fmt: skip

Index(
    "claims_listed_operator",
    claims.c.site,
    claims.c.operator,
    claims.c.value.desc(),
    claims.c.claim,
    sqlite_where=_LISTED,
    postgresql_where=_LISTED,
)
Index(
    "claims_listed_item",
    claims.c.site,
    claims.c.item,
    claims.c.variance,
    claims.c.claim,
    sqlite_where=_LISTED,
    postgresql_where=_LISTED,
)

missing_plates = table(
    "missing_plates",
    "counting",
    text("site", key=True),
    text("plate", key=True),
    *(text(name) for name in ("place", "count_id", "closing", "operator", "device")),
    *(whole(name) for name in ("closed_us", "since_us")),
)
"""Plates that the register has at a ``place`` that was closed, and that the count of the last closing has not seen."""
Index("missing_plates_closing", missing_plates.c.site, missing_plates.c.closing)

count_changes = table(
    "count_changes", "counting", text("site", key=True), whole("number", key=True), text("count_id", key=True)
)
"""Counts of which something is another than before: their facts, or what they claim; noted when the site had kept
``number`` events, and forgotten when their figures were made anew."""
