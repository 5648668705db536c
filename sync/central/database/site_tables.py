"""Tables of a site itself: its calendar, its devices and who is signed on there, its codes and tokens."""

from sqlalchemy import BigInteger, Boolean, Column, Index

from sync.central.database.table import table, text, whole

calendars = table(
    "calendars", "sites", text("site", key=True), whole("day_starts"), text("working"), text("closed_month")
)
"""The hour at which the days of a site begin, its working days as words, and the last month that is closed."""

holidays = table("holidays", "sites", text("site", key=True), text("day", key=True))

devices = table(
    "devices",
    "sites",
    text("site", key=True),
    text("device", key=True),
    whole("epoch"),
    text("name"),
    text("token_hash"),
    Column("revoked", Boolean, nullable=False),
    whole("enrolled_us"),
    whole("pushed_us"),
    whole("watermark_us"),
    whole("offset_us"),
    whole("uncertainty_us"),
    text("program"),
    whole("protocol"),
    text("operator"),
    Column("operator_since_us", BigInteger, nullable=False, server_default="0"),
    Column("waiting", BigInteger, nullable=False, server_default="0"),
    Column("sessions", BigInteger, nullable=False, server_default="1"),
    Column("begun_us", BigInteger, nullable=False, server_default="0"),
    *(Column(f"newest_{name}", BigInteger, nullable=False, server_default="0") for name in ("epoch", "sequence", "us")),
)
"""``enrolled_us`` is when it was enrolled last, ``begun_us`` when first, 0 where nobody knows.

``newest_`` are epoch, sequence and last instant of the newest event that it has pushed.
"""
Index("devices_token", devices.c.token_hash)
Index("devices_name", devices.c.site, devices.c.name, unique=True)
Index("devices_operator", devices.c.site, devices.c.operator)

orders = table(
    "orders",
    "decisions",
    text("site", key=True),
    text("id", key=True),
    whole("number"),
    *(text(name) for name in ("word", "subject", "text", "operator", "person", "device")),
    whole("at_us"),
)
"""What was ordered about devices and people, once for each id: ``number`` is one of the site's words.

``subject`` is the device or the operator, ``text`` what was said beside it. A verifier is not kept here.
"""
Index("orders_number", orders.c.site, orders.c.number, unique=True)
Index("orders_subject", orders.c.site, orders.c.subject)

pin_failures = table(
    "pin_failures",
    "decisions",
    text("site", key=True),
    text("person", key=True),
    whole("failures"),
    whole("at_us"),
)
"""Wrong PINs in a row that a person gave at desks, and when the last one was."""
signed_on = table(
    "signed_on",
    "sites",
    text("site", key=True),
    text("device", key=True),
    text("operator", key=True),
    whole("since_us"),
)
"""Who is signed on at a device, as it tells; the newest of them is in the device's own row, too."""
Index("signed_on_operator", signed_on.c.site, signed_on.c.operator)

codes = table(
    "codes",
    "sites",
    text("site", key=True),
    text("code_hash", key=True),
    whole("expires_us"),
    whole("used_us"),
    text("device"),
    Column("sessions", BigInteger, nullable=False, server_default="1"),
)
"""Enrolment codes; ``used_us`` of 0 is one still waiting, ``device`` is whom it is for, empty for a new one."""
Index("codes_hash", codes.c.code_hash)

read_tokens = table(
    "read_tokens",
    "sites",
    text("site", key=True),
    text("name", key=True),
    text("token_hash"),
    Column("revoked", Boolean, nullable=False),
    whole("given_us"),
)
"""Who may read the book of a site; ``revoked`` is a token that was withdrawn."""
Index("read_tokens_hash", read_tokens.c.token_hash)
