"""Tables of events: what devices sent, byte for byte, what was said of it, and what came back to whom."""

from sqlalchemy import BigInteger, Boolean, Column, Index, LargeBinary, and_, false

from sync.central.database.table import table, text, whole
from sync.protocol import Outcome

QUARANTINED, POSTED = Outcome.QUARANTINED.value, Outcome.POSTED.value

events = table(
    "events",
    "events",
    text("site", key=True),
    text("id", key=True),
    text("device"),
    whole("epoch"),
    whole("sequence"),
    text("operator"),
    text("kind"),
    whole("received_us"),
    text("outcome"),
    text("reasons"),
    whole("version"),
    Column("payload", LargeBinary, nullable=False),
    Column("word", BigInteger, nullable=False, server_default="0"),
    text("place"),
    text("item"),
    *(Column(name, BigInteger, nullable=False, server_default="0") for name in ("quantity", "value")),
    text("sender"),
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
    events.c.quantity,
    sqlite_where=(events.c.word == 0) & (events.c.outcome != POSTED),
    postgresql_where=(events.c.word == 0) & (events.c.outcome != POSTED),
)
"""The list adds up what it has in the index alone: which of a thousand are losses, their quantities say."""
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

words = table(
    "words",
    "words",
    text("site", key=True),
    whole("number", key=True),
    *(text(name) for name in ("event", "kind", "subject", "subject_version")),
    *(whole(name) for name in ("seen", "amount")),
    *(text(name) for name in ("word", "operator", "person", "device", "reason", "note")),
    whole("at_us"),
    Column("is_valid", Boolean, nullable=False),
    *(text(name) for name in ("why", "by")),
    whole("by_us"),
    *(text(name) for name in ("outcome_before", "reasons_before", "outcome", "reasons")),
)
"""What people said: ``word`` on the ``subject`` of a ``kind``, by the event ``event``; judged once, for ever.

One that is not valid says ``why``, and ``by`` whom and when another came first. Of a valid one on an event stand what
became of that event, before and after.
"""
Index("words_subject", words.c.site, words.c.kind, words.c.subject)
Index("words_event", words.c.site, words.c.event)
Index("words_at", words.c.site, words.c.at_us)

identifications = table(
    "identifications",
    "words",
    text("site", key=True),
    text("event", key=True),
    text("code", key=True),
    text("item"),
    whole("factor"),
    whole("word"),
)
"""What the codes are that an event names and nobody knew: base units of ``item`` in micro-units, by which ``word``."""
Index("identifications_code", identifications.c.site, identifications.c.code, identifications.c.word)

came_back = table(
    "came_back",
    "words",
    text("site", key=True),
    whole("number", key=True),
    *(text(name) for name in ("event", "operator", "person", "device", "outcome", "reasons", "by")),
    *(whole(name) for name in ("when_us", "version")),
    text("subject"),
    whole("subjects"),
    *(text(name) for name in ("place", "item")),
    *(whole(name) for name in ("quantity", "happened_us")),
    Column("is_told", Boolean, nullable=False),
)
"""What came back to the maker of an event and his device: its outcome changed, or a word that it says does not rule."""
Index("came_back_device", came_back.c.site, came_back.c.device, came_back.c.number)
Index("came_back_person", came_back.c.site, came_back.c.person, came_back.c.number)

undos = table(
    "undos",
    "intake",
    text("site", key=True),
    text("event", key=True),
    text("operator", key=True),
    whole("at_us"),
    whole("depth"),
    text("id"),
)
"""The last word on what ``operator`` said of ``event``: that it never happened (1), or that this is taken back (2).

``id`` is the annulment that says so. An event is out of the book as long as one of its last words is 1.
"""

undos_waiting = table(
    "undos_waiting",
    "intake",
    text("site", key=True),
    text("event", key=True),
    text("operator", key=True),
    Column("may_decide", Boolean, primary_key=True, nullable=False),
    whole("at_us"),
    text("id"),
)
"""The last word of an operator on an event that is not in the book."""

undos_early = table(
    "undos_early",
    "intake",
    text("site", key=True),
    text("event", key=True),
    text("id", key=True),
    text("names"),
    text("operator"),
    Column("may_decide", Boolean, nullable=False),
)
"""Annulments ``id`` that are booked and wait for ``event`` to arrive, to be judged again."""

day_sums = table(
    "day_sums",
    "intake",
    text("site", key=True),
    text("day", key=True),
    text("person", key=True),
    text("limit", key=True),
    whole("quantity"),
    whole("value"),
)
"""What a person did on a day of the site's calendar under a limit that counts by the day; of the last weeks."""

adjustments = table(
    "adjustments",
    "intake",
    text("site", key=True),
    text("event", key=True),
    whole("leg", key=True),
    *(text(name) for name in ("person", "day", "device")),
    *(text(name) for name in ("place", "item", "lot", "serial", "owner", "status", "status_after")),
    *(whole(name) for name in ("quantity", "cost", "value", "effective_us")),
    *(text(name) for name in ("reason", "passed")),
)
"""What was adjusted, a row a leg, written once when the centre first judges its event, whether or not it waits.

``quantity`` came to the key or, below zero, left it; of a change of status it goes to ``status_after``, which is empty
for all others. ``cost`` is that of a base unit on that day (micro-currency, 0: nobody knows), ``value`` what the
quantity costs by it. ``person`` did it on the ``day`` of the site's calendar; ``passed`` are the limits that it went
above, as words (``day:value:50000000``). What became of it is said by its event.
"""
Index("adjustments_day", adjustments.c.site, adjustments.c.person, adjustments.c.day)
Index("adjustments_goods", adjustments.c.site, adjustments.c.item, adjustments.c.place, adjustments.c.effective_us)
