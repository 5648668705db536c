"""Tables of accuracy: the lines and places that were counted, as figures see them, and what they add up to."""

from sqlalchemy import Boolean, Column, Index, literal_column

from scanner_app.domain.accuracy.sums import NAMES
from sync.central.database.table import KEY_NAMES, table, text, whole

accuracy_lines = table(
    "accuracy_lines",
    "accuracy",
    text("site", key=True),
    text("claim", key=True),
    text("count_id"),
    *(text(name) for name in KEY_NAMES),
    *(text(name) for name in ("day", "zone", "abc", "operator", "reason", "counts_again", "standing")),
    *(whole(name) for name in ("effective_us", "quantity", "difference", "cost", "word")),
    *(whole(name) for name in NAMES),
)
"""Claims that are alive, each with the ``day`` of the site's calendar and what it adds to every sum.

``difference`` is how many micro-units the book was off, with its sign; ``counts_again`` the claim that it recounts.
"""
Index("accuracy_lines_count", accuracy_lines.c.site, accuracy_lines.c.count_id)
Index("accuracy_lines_day", accuracy_lines.c.site, accuracy_lines.c.day, accuracy_lines.c.zone)
_DIFFERS, _RULED = accuracy_lines.c.differing > literal_column("0"), accuracy_lines.c.word > literal_column("0")
Index(
    "accuracy_lines_differing", accuracy_lines.c.site, accuracy_lines.c.day,
    sqlite_where=_DIFFERS, postgresql_where=_DIFFERS,
)  # fmt: skip
Index("accuracy_lines_word", accuracy_lines.c.site, accuracy_lines.c.word, sqlite_where=_RULED, postgresql_where=_RULED)

accuracy_places = table(
    "accuracy_places",
    "accuracy",
    text("site", key=True),
    text("count_id", key=True),
    *(text(name) for name in ("place", "day", "zone", "operator", "closing")),
    *(whole(name) for name in ("effective_us", "begun_us")),
    *(whole(name) for name in NAMES),
)
"""Places that were closed, each by the count of which the ``closing`` speaks, and what it adds to every sum."""
Index("accuracy_places_day", accuracy_places.c.site, accuracy_places.c.day)
Index("accuracy_places_place", accuracy_places.c.site, accuracy_places.c.place, accuracy_places.c.effective_us)

accuracy_sums = table(
    "accuracy_sums",
    "accuracy",
    text("site", key=True),
    *(text(name, key=True) for name in ("facet", "period", "name")),
    *(whole(name) for name in NAMES),
    sqlite_with_rowid=False,
)
"""What the lines and places of one ``name`` of a ``facet`` add up to in a ``period``: a day, a month or a year."""

accuracy_progress = table(
    "accuracy_progress",
    "accuracy",
    text("site", key=True),
    whole("number"),
    text("zone"),
    whole("day_starts"),
    Column("is_whole", Boolean, nullable=False),
    text("reached"),
)
"""How far a site's figures are: of all that was noted up to ``number``, by the days of that time zone and hour.

While they are made for the first time, or anew for other days, they are not ``is_whole``: counts up to the one
``reached``, in the order of their names, are.
"""
