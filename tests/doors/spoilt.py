"""A spoilt place: a centre and a device in whose databases every text that people or machines give is hostile.

Which texts those are is read from the databases; a column that must keep its form is named here, with why.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from scanner_app.domain.desk.asks import RenameDevice
from sync.central.database.store import CentralStore
from sync.central.decisions import desk_administration
from sync.central.exchange.threads import now_us as clock_us
from sync.central.sites.administration import invite, read_token
from tests.central.serving import Handheld, served
from tests.central.warehouse import SITE, event, make_store, move
from tests.doors.secrets import PIN_HASH, TOKEN
from tests.warehouse import Floor

EVIL = "\x1b[2J\x9b3J\u202e\x1b]52;c;b3duZWQ=\x07\x08\x7f\u2066\r\nX forged"
FORMS = frozenset({
    "meta.value", "meta.name", "alembic_version.version_num", "counters.open_day", "counters.store_epoch",
    "counters.seal", "counters.beat", "beats.beat", "calendars.closed_month", "holidays.day", "ledger.booked",
    "day_sums.day", "sites.zone", "site.zone", "sites.taken_away", "site.taken_away", "lots.expires", "lot.expires",
    "operators.verifier", "operator.verifier", "operators.roles", "operator.roles", "items.tracking", "item.tracking",
    "locations.state", "location.state", "devices.token_hash", "read_tokens.token_hash", "codes.code_hash",
    "events.outcome", "event.outcome", "words.outcome", "words.outcome_before", "came_back.outcome", "words.kind",
    "entry.source", "entry.fault", "verdict.outcome", "verdict.facts", "play.arguments", "play.looks", "play.said",
    "play.ended", "play.script", "remark.said", "reasons.direction", "reason.direction",
})  # fmt: skip
"""Numbers, hashes and words of our own: what else stood there would not be read as one."""
_NOT_NAMES = frozenset({"type", "kind", "outcome", "source", "target", "url", "token"})


def make_centre(folder: Path) -> None:
    """Make a store with something of everything, and spoil it."""
    with closing(make_store(folder)) as store:
        _fill(store)
    with closing(sqlite3.connect(folder / "central.db")) as database, database:
        spoil(database)


def _fill(store: CentralStore) -> None:
    now_us = clock_us()
    read_token(store, SITE, "erp", now_us)
    with served(store) as address:
        device = Handheld(address, invite(store, SITE, now_us), "scanner")
        places = ("B", "nowhere", "BLOCKED", "CLOSED")
        device.exchange(*(event(at, move("A", place), device.sender) for at, place in enumerate(places, 1)))
        order = RenameDevice(id=desk_administration.new_order_id(), device=device.enrolled.device, name="bay")
        desk_administration.order(store, SITE, order, now_us)
        device.http.close()
    invite(store, SITE, now_us)


def make_device(folder: Path, url: str = "http://127.0.0.1:1") -> None:
    """Make a device on which somebody has worked and moves wait, and spoil it."""
    floor = Floor(folder)
    floor.move()
    floor.say("A-01-01", "100001", "1", "A-01-05", EVIL, "246831")
    floor.close()
    with closing(sqlite3.connect(folder / "cache.db")) as database, database:
        spoil(database)
        row = json.loads(database.execute("SELECT value FROM meta WHERE name = 'enrolment'").fetchone()[0])
        told = {**row, "device": EVIL, "name": EVIL, "site": EVIL, "token": TOKEN, "url": url}
        database.execute("UPDATE meta SET value = ? WHERE name = 'enrolment'", (json.dumps(told),))
        database.execute("UPDATE operator SET verifier = ?", (PIN_HASH,))


def spoil(database: sqlite3.Connection) -> None:
    """Put what is hostile behind every text, in every table; names stay together, as all of them get the same."""
    for table, column, kind in columns(database):
        if f"{table}.{column}" in FORMS:
            continue
        if kind == "TEXT":
            worse = f'UPDATE "{table}" SET "{column}" = "{column}" || ? WHERE "{column}" <> \'\''
            database.execute(worse, (EVIL,))
        elif column == "payload":
            for key, payload in database.execute(f"SELECT id, payload FROM {table}").fetchall():
                packed = json.dumps(_spoilt(json.loads(payload))).encode()
                database.execute(f"UPDATE {table} SET payload = ? WHERE id = ?", (packed, key))


def columns(database: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (table,) in database.execute(f"{tables} AND name NOT LIKE '%_search%'").fetchall():
        for _number, column, kind, *_rest in database.execute(f'PRAGMA table_info("{table}")').fetchall():
            yield table, column, kind


def _spoilt(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _spoilt(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_spoilt(inner, name) for inner in value]
    return value + EVIL if isinstance(value, str) and value and name not in _NOT_NAMES else value
