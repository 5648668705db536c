"""Tables of the central store: one definition for SQLite and PostgreSQL.

The site leads every primary and unique key, so that a site is the unit of sharding. Times are whole microseconds since
1970 (UTC), quantities micro-units. ``events`` keeps what a device sent byte for byte; ``ledger`` is only ever added to.
Each table is written by the room that owns it.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    and_,
    false,
    literal_column,
)

from sync.protocol import Outcome

REVISION = "0022"
"""The newest of the migrations, which bring a store to the tables below."""
QUARANTINED, POSTED = Outcome.QUARANTINED.value, Outcome.POSTED.value
OWNER = "owner"
"""Under this word a table's ``info`` names the room that writes it."""

metadata = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False, server_default=None if key else "")


def _whole(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, BigInteger, primary_key=key, autoincrement=False, nullable=False)


def _table(name: str, room: str, *columns: Column[Any], **options: Any) -> Table:
    """Define a table; ``room`` is the one folder of the centre whose modules write it, everybody may read it."""
    return Table(name, metadata, *columns, info={OWNER: room}, **options)


KEY_NAMES = ("place", "item", "lot", "serial", "owner", "status")
"""Columns of a stock key, in the order of ``StockKey``."""

meta = _table("meta", "database", _text("name", key=True), _text("value"))

counters = _table(
    "counters",
    "book",
    _text("site", key=True),
    _whole("version"),
    _whole("recorded"),
    Column("head", LargeBinary, nullable=False),
    Column("closed_until_us", BigInteger, nullable=False, server_default="0"),
    _text("open_day"),
    Column("word", BigInteger, nullable=False, server_default="0"),
    Column("back", BigInteger, nullable=False, server_default="0"),
    Column("kept", BigInteger, nullable=False, server_default="0"),
    _text("store_epoch"),
    _text("seal"),
    _text("beat"),
    Column("beat_us", BigInteger, nullable=False, server_default="0"),
    Column("noticed_us", BigInteger, nullable=False, server_default="0"),
    Column("most", BigInteger, nullable=False, server_default="0"),
)
"""One row a site: last version, last recorded number, head of the hash chain; a writer locks it first.

``word`` is the number of the last word: of a decision about events, or of an order about devices and people. ``back``
is that of the last row of what came back. ``kept`` counts the events that were ever kept. ``store_epoch`` is the life
of the site, ``noticed_us`` when the store noticed by itself that it had been put back; ``seal`` and ``beat`` are of the
marks of ``book/lives.py``. No stock key of the site holds more than
``most``, above or below zero.

What happened before ``closed_until_us`` and is learnt now is booked on ``open_day``.
"""

beats = _table("beats", "book", _text("site", key=True), _text("beat", key=True), _whole("version"), _whole("kept"))
"""How far a site was when a beat ended."""

calendars = _table(
    "calendars", "sites", _text("site", key=True), _whole("day_starts"), _text("working"), _text("closed_month")
)
"""The hour at which the days of a site begin, its working days as words, and the last month that is closed."""

holidays = _table("holidays", "sites", _text("site", key=True), _text("day", key=True))

stock = _table(
    "stock",
    "book",
    _text("site", key=True),
    *(_text(name, key=True) for name in KEY_NAMES),
    _whole("quantity"),
    Column("on_device", Boolean, nullable=False),
    _whole("version"),
    sqlite_with_rowid=False,
)
Index("stock_feed", stock.c.site, stock.c.on_device, stock.c.version)
STOCK_BELOW = and_(stock.c.on_device.is_(True), stock.c.quantity < literal_column("0"))
"""Keys of the floor, or of a hand, of which there is less than nothing: few, in an index of their own."""
Index("stock_below", stock.c.site, stock.c.quantity, sqlite_where=STOCK_BELOW, postgresql_where=STOCK_BELOW)
STOCK_SERIALS = and_(
    stock.c.on_device.is_(True), stock.c.serial != literal_column("''"), stock.c.quantity > literal_column("0")
)
"""Serials that are somewhere on the floor, or in a hand."""
Index(
    "stock_serials", stock.c.site, stock.c.item, stock.c.serial, stock.c.quantity,
    sqlite_where=STOCK_SERIALS, postgresql_where=STOCK_SERIALS,
)  # fmt: skip

events = _table(
    "events",
    "events",
    _text("site", key=True),
    _text("id", key=True),
    _text("device"),
    _whole("epoch"),
    _whole("sequence"),
    _text("operator"),
    _text("kind"),
    _whole("received_us"),
    _text("outcome"),
    _text("reasons"),
    _whole("version"),
    Column("payload", LargeBinary, nullable=False),
    Column("word", BigInteger, nullable=False, server_default="0"),
    _text("place"),
    _text("item"),
    *(Column(name, BigInteger, nullable=False, server_default="0") for name in ("quantity", "value")),
    _text("sender"),
    Column("let_in", Boolean, nullable=False, server_default=false()),
)
"""``sender`` is the device that pushed a quarantined event, empty for all others.

``word`` is the number of the word that settled an event, 0 where none did, and -1 where it was too old to ask.

What was not simply posted, and has no word, waits at the desk: ``place``, ``item``, ``quantity`` and ``value``
(micro-currency) are there for its list, and empty for all others. What was ``let_in`` has a number of its device that
another event may have, too.
"""
Index(
    "events_undecided",
    events.c.site,
    events.c.outcome,
    events.c.value.desc(),
    events.c.id,
    sqlite_where=(events.c.word == 0) & (events.c.outcome != POSTED),
    postgresql_where=(events.c.word == 0) & (events.c.outcome != POSTED),
)
_HAS_NUMBER = and_(events.c.outcome != QUARANTINED, events.c.let_in.is_(False))
Index(
    "events_quarantined",
    events.c.site,
    events.c.sender,
    sqlite_where=events.c.outcome == QUARANTINED,
    postgresql_where=events.c.outcome == QUARANTINED,
)
"""What is quarantined of each device has a bound."""
Index(
    "events_sequence",
    events.c.site,
    events.c.device,
    events.c.epoch,
    events.c.sequence,
    unique=True,
    sqlite_where=_HAS_NUMBER,
    postgresql_where=_HAS_NUMBER,
)

words = _table(
    "words",
    "words",
    _text("site", key=True),
    _whole("number", key=True),
    *(_text(name) for name in ("event", "kind", "subject", "subject_version")),
    *(_whole(name) for name in ("seen", "amount")),
    *(_text(name) for name in ("word", "operator", "person", "device", "reason", "note")),
    _whole("at_us"),
    Column("is_valid", Boolean, nullable=False),
    *(_text(name) for name in ("why", "by")),
    _whole("by_us"),
    *(_text(name) for name in ("outcome_before", "reasons_before", "outcome", "reasons")),
)
"""What people said: ``word`` on the ``subject`` of a ``kind``, by the event ``event``; judged once, for ever.

One that is not valid says ``why``, and ``by`` whom and when another came first. Of a valid one on an event stand what
became of that event, before and after.
"""
Index("words_subject", words.c.site, words.c.kind, words.c.subject)
Index("words_event", words.c.site, words.c.event)

identifications = _table(
    "identifications",
    "words",
    _text("site", key=True),
    _text("event", key=True),
    _text("code", key=True),
    _text("item"),
    _whole("factor"),
    _whole("word"),
)
"""What the codes are that an event names and nobody knew: base units of ``item`` in micro-units, by which ``word``."""

came_back = _table(
    "came_back",
    "words",
    _text("site", key=True),
    _whole("number", key=True),
    *(_text(name) for name in ("event", "operator", "person", "device", "outcome", "reasons", "by")),
    *(_whole(name) for name in ("when_us", "version")),
    _text("subject"),
    _whole("subjects"),
    *(_text(name) for name in ("place", "item")),
    *(_whole(name) for name in ("quantity", "happened_us")),
    Column("is_told", Boolean, nullable=False),
)
"""What came back to the maker of an event and his device: its outcome changed, or a word that it says does not rule."""
Index("came_back_device", came_back.c.site, came_back.c.device, came_back.c.number)
Index("came_back_person", came_back.c.site, came_back.c.person, came_back.c.number)

ledger = _table(
    "ledger",
    "book",
    _text("site", key=True),
    _whole("recorded", key=True),
    _text("cause"),
    _whole("leg"),
    *(_text(name) for name in KEY_NAMES),
    _whole("quantity"),
    _whole("effective_us"),
    _text("device"),
    _whole("epoch"),
    _whole("sequence"),
    _text("via"),
    _text("booked"),
    Column("hash", LargeBinary, nullable=False),
)
"""``cause`` made us write the row; ``via`` is the event that it took back or brought again, empty for rows of its own.

``booked`` is the day for finance, empty where it is the day of the instant.
"""

timelines = _table("timelines", "book", _text("site", key=True), _whole("recorded"), _whole("key_count"))
"""One row a site: how far the ledger is sorted into timelines, and how many keys there are; a pass locks it first."""

passes = _table("passes", "book", _text("site", key=True), _whole("recorded", key=True), _whole("received_us"))
"""Where each pass over the ledger ended, and when the latest event up to there was received."""

keys = _table(
    "keys",
    "book",
    _text("site", key=True),
    _whole("key_id", key=True),
    *(_text(name) for name in KEY_NAMES),
    _whole("newest_us"),
    _whole("since"),
)
"""Every key that the ledger has, its newest checkpoint, and how many postings came after that."""
Index("keys_named", keys.c.site, *(keys.c[name] for name in KEY_NAMES), unique=True)

timeline = _table(
    "timeline",
    "book",
    _text("site", key=True),
    *(_whole(name, key=True) for name in ("key_id", "effective_us", "recorded", "quantity")),
    sqlite_with_rowid=False,
)
"""The ledger in the order in which things happened to a key. The key of the table is all of it: its index is enough."""

checkpoints = _table(
    "checkpoints",
    "book",
    _text("site", key=True),
    *(_whole(name, key=True) for name in ("key_id", "effective_us", "recorded")),
    _whole("balance"),
    sqlite_with_rowid=False,
)
"""The balance of a key after all that happened up to ``effective_us``, as known when ``recorded`` was the last row."""

undos = _table(
    "undos",
    "intake",
    _text("site", key=True),
    _text("event", key=True),
    _text("operator", key=True),
    _whole("at_us"),
    _whole("depth"),
    _text("id"),
)
"""The last word on what ``operator`` said of ``event``: that it never happened (1), or that this is taken back (2).

``id`` is the annulment that says so. An event is out of the book as long as one of its last words is 1.
"""

undos_waiting = _table(
    "undos_waiting",
    "intake",
    _text("site", key=True),
    _text("event", key=True),
    _text("operator", key=True),
    Column("may_decide", Boolean, primary_key=True, nullable=False),
    _whole("at_us"),
    _text("id"),
)
"""The last word of an operator on an event that is not in the book."""

day_sums = _table(
    "day_sums",
    "intake",
    _text("site", key=True),
    _text("day", key=True),
    _text("person", key=True),
    _text("limit", key=True),
    _whole("quantity"),
    _whole("value"),
)
"""What a person did on a day of the site's calendar under a limit that counts by the day; of the last weeks."""

plate_places = _table(
    "plate_places",
    "book",
    _text("site", key=True),
    _text("plate", key=True),
    _whole("effective_us", key=True),
    _text("device", key=True),
    _whole("epoch", key=True),
    _whole("sequence", key=True),
    _text("location"),
    _text("parent"),
    _text("cause", key=True),
    Column("is_void", Boolean, nullable=False),
)
"""Where a plate stood from an instant on. ``cause`` is the event that says so, empty for master data."""
Index("plate_places_cause", plate_places.c.site, plate_places.c.cause)

devices = _table(
    "devices",
    "sites",
    _text("site", key=True),
    _text("device", key=True),
    _whole("epoch"),
    _text("name"),
    _text("token_hash"),
    Column("revoked", Boolean, nullable=False),
    _whole("enrolled_us"),
    _whole("pushed_us"),
    _whole("watermark_us"),
    _whole("offset_us"),
    _whole("uncertainty_us"),
    _text("program"),
    _whole("protocol"),
    _text("operator"),
    Column("operator_since_us", BigInteger, nullable=False, server_default="0"),
    Column("waiting", BigInteger, nullable=False, server_default="0"),
    Column("sessions", BigInteger, nullable=False, server_default="1"),
)
Index("devices_token", devices.c.token_hash)
Index("devices_name", devices.c.site, devices.c.name, unique=True)
Index("devices_operator", devices.c.site, devices.c.operator)

orders = _table(
    "orders",
    "decisions",
    _text("site", key=True),
    _text("id", key=True),
    _whole("number"),
    *(_text(name) for name in ("word", "subject", "text", "operator", "person", "device")),
    _whole("at_us"),
)
"""What was ordered about devices and people, once for each id: ``number`` is one of the site's words.

``subject`` is the device or the operator, ``text`` what was said beside it. A verifier is not kept here.
"""
Index("orders_number", orders.c.site, orders.c.number, unique=True)
Index("orders_subject", orders.c.site, orders.c.subject)

pin_failures = _table(
    "pin_failures",
    "decisions",
    _text("site", key=True),
    _text("person", key=True),
    _whole("failures"),
    _whole("at_us"),
)
"""Wrong PINs in a row that a person gave at desks, and when the last one was."""
signed_on = _table(
    "signed_on",
    "sites",
    _text("site", key=True),
    _text("device", key=True),
    _text("operator", key=True),
    _whole("since_us"),
)
"""Who is signed on at a device, as it tells; the newest of them is in the device's own row, too."""
Index("signed_on_operator", signed_on.c.site, signed_on.c.operator)

codes = _table(
    "codes",
    "sites",
    _text("site", key=True),
    _text("code_hash", key=True),
    _whole("expires_us"),
    _whole("used_us"),
    _text("device"),
    Column("sessions", BigInteger, nullable=False, server_default="1"),
)
"""Enrolment codes; ``used_us`` of 0 is one still waiting, ``device`` is whom it is for, empty for a new one."""
Index("codes_hash", codes.c.code_hash)

read_tokens = _table(
    "read_tokens",
    "sites",
    _text("site", key=True),
    _text("name", key=True),
    _text("token_hash"),
    Column("revoked", Boolean, nullable=False),
    _whole("given_us"),
)
"""Who may read the book of a site; ``revoked`` is a token that was withdrawn."""
Index("read_tokens_hash", read_tokens.c.token_hash)
