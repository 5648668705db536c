"""Tables of the book: the ledger, the stock that it makes, where plates stand, and how far each site is.

``ledger`` is only ever added to.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, and_, literal_column

from sync.central.database.table import KEY_NAMES, table, text, whole

NEVER_US = -(2**62)
"""An instant before all others."""

counters = table(
    "counters",
    "book",
    text("site", key=True),
    whole("version"),
    whole("recorded"),
    Column("head", LargeBinary, nullable=False),
    Column("closed_until_us", BigInteger, nullable=False, server_default="0"),
    text("open_day"),
    Column("word", BigInteger, nullable=False, server_default="0"),
    Column("back", BigInteger, nullable=False, server_default="0"),
    Column("kept", BigInteger, nullable=False, server_default="0"),
    text("store_epoch"),
    text("seal"),
    text("beat"),
    Column("beat_us", BigInteger, nullable=False, server_default="0"),
    Column("noticed_us", BigInteger, nullable=False, server_default="0"),
    Column("most", BigInteger, nullable=False, server_default="0"),
    Column("claimed_us", BigInteger, nullable=False, server_default=str(NEVER_US)),
    Column("claim_doubt_us", BigInteger, nullable=False, server_default="0"),
)
"""One row a site: last version, last recorded number, head of the hash chain; a writer locks it first.

``word`` is the number of the last word: of a decision about events, or of an order about devices and people. ``back``
is that of the last row of what came back. ``kept`` counts the events that were ever kept. ``store_epoch`` is the life
of the site, ``noticed_us`` when the store noticed by itself that it had been put back; ``seal`` and ``beat`` are of the
marks of ``book/lives.py``. No stock key of the site holds more than
``most``, above or below zero. No count claims anything of an instant after ``claimed_us``, doubt included,
and no claim's clock was off by more than ``claim_doubt_us`` as far as that counts.

What happened before ``closed_until_us`` and is learnt now is booked on ``open_day``.
"""

beats = table("beats", "book", text("site", key=True), text("beat", key=True), whole("version"), whole("kept"))
"""How far a site was when a beat ended."""

stock = table(
    "stock",
    "book",
    text("site", key=True),
    *(text(name, key=True) for name in KEY_NAMES),
    whole("quantity"),
    Column("on_device", Boolean, nullable=False),
    whole("version"),
    text("claimed"),
    sqlite_with_rowid=False,
)
"""What a key holds; ``claimed`` is the instant of the latest standing claim of it (JSON), empty where there is none."""
Index("stock_feed", stock.c.site, stock.c.on_device, stock.c.version)
STOCK_BELOW = and_(stock.c.on_device.is_(True), stock.c.quantity < literal_column("0"))
"""Keys of the floor, or of a hand, of which there is less than nothing: few, in an index of their own."""
Index("stock_below", stock.c.site, stock.c.quantity, sqlite_where=STOCK_BELOW, postgresql_where=STOCK_BELOW)
STOCK_SERIALS = and_(
    stock.c.on_device.is_(True), stock.c.serial != literal_column("''"), stock.c.quantity > literal_column("0")
)
"""Serials that are somewhere on the floor, or in a hand."""
Index(
    "stock_serials", stock.c.site, stock.c.serial, stock.c.item, stock.c.quantity,
    sqlite_where=STOCK_SERIALS, postgresql_where=STOCK_SERIALS,
)  # fmt: skip
HAS_SERIAL = stock.c.serial != literal_column("''")
Index(
    "stock_of_serials", stock.c.site, stock.c.item, stock.c.serial,
    sqlite_where=HAS_SERIAL, postgresql_where=HAS_SERIAL,
)  # fmt: skip
"""Every key that a serial ever had."""

serial_suspects = table(
    "serial_suspects", "book", text("site", key=True), text("serial", key=True), text("item", key=True)
)
"""Serials of which there was more than one piece on the floor and in hands when stock of them last changed."""

ledger = table(
    "ledger",
    "book",
    text("site", key=True),
    whole("recorded", key=True),
    text("cause"),
    whole("leg"),
    *(text(name) for name in KEY_NAMES),
    whole("quantity"),
    whole("effective_us"),
    text("device"),
    whole("epoch"),
    whole("sequence"),
    text("via"),
    text("booked"),
    Column("hash", LargeBinary, nullable=False),
)
"""``cause`` made us write the row; ``via`` is the event that it took back or brought again, or the claim that it acted
through (``book/via.py``), empty for rows of its own.

``booked`` is the day for finance, empty where it is the day of the instant.
"""

timelines = table("timelines", "book", text("site", key=True), whole("recorded"), whole("key_count"))
"""One row a site: how far the ledger is sorted into timelines, and how many keys there are; a pass locks it first."""

passes = table("passes", "book", text("site", key=True), whole("recorded", key=True), whole("received_us"))
"""Where each pass over the ledger ended, and when the latest event up to there was received."""

keys = table(
    "keys",
    "book",
    text("site", key=True),
    whole("key_id", key=True),
    *(text(name) for name in KEY_NAMES),
    whole("newest_us"),
    whole("since"),
)
"""Every key that the ledger has, its newest checkpoint, and how many postings came after that."""
Index("keys_named", keys.c.site, *(keys.c[name] for name in KEY_NAMES), unique=True)

timeline = table(
    "timeline",
    "book",
    text("site", key=True),
    *(whole(name, key=True) for name in ("key_id", "effective_us", "recorded", "quantity")),
    sqlite_with_rowid=False,
)
"""The ledger in the order in which things happened to a key. The key of the table is all of it: its index is enough."""

checkpoints = table(
    "checkpoints",
    "book",
    text("site", key=True),
    *(whole(name, key=True) for name in ("key_id", "effective_us", "recorded")),
    whole("balance"),
    sqlite_with_rowid=False,
)
"""The balance of a key after all that happened up to ``effective_us``, as known when ``recorded`` was the last row."""

plate_places = table(
    "plate_places",
    "book",
    text("site", key=True),
    text("plate", key=True),
    whole("effective_us", key=True),
    text("device", key=True),
    whole("epoch", key=True),
    whole("sequence", key=True),
    text("location"),
    text("parent"),
    text("cause", key=True),
    Column("is_void", Boolean, nullable=False),
)
"""Where a plate stood from an instant on. ``cause`` is the event that says so, empty for master data."""
Index("plate_places_cause", plate_places.c.site, plate_places.c.cause)
