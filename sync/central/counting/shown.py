"""Shown: which claims are on the list, a row a key, and the instant of the latest standing claim of each key."""

from collections.abc import Collection
from typing import Any

from msgspec.structs import astuple
from sqlalchemy import Connection, bindparam, update

from scanner_app.domain.clock import Instant
from scanner_app.domain.ledger import StockKey
from sync.central.counting.claim_rows import goods_name
from sync.central.database.asked import Columns, asked_rows
from sync.central.database.tables import KEY_NAMES, claims

_KEYS: Columns = {"number": int, "goods": str, **dict.fromkeys(KEY_NAMES, str)}
_GOODS: Columns = {"goods": str}


def list_again(connection: Connection, site: str, keys: Collection[StockKey]) -> None:
    """Put the claims of some keys on the list that belong there, and take others off.

    Of each key that is the newest that waits, unless somebody accepted a later one, or a recount of it stands; and
    each that somebody has to look at again. One that had not happened yet when it arrived hides none of these.
    """
    goods = sorted({(goods_name(key),) for key in keys})
    if not goods:
        return
    waiting = {row.goods for row in asked_rows(connection, _WAITING, _GOODS, goods, site=site)}
    asked = _asked([key for key in keys if goods_name(key) in waiting])
    newest = {row.claim for row in asked_rows(connection, _NEWEST, _KEYS, asked, site=site)} if asked else set()
    shown = asked_rows(connection, _SHOWN, _GOODS, goods, site=site)
    of_keys = [row for row in shown if StockKey(*(getattr(row, name) for name in KEY_NAMES)) in keys]
    before = {row.claim for row in of_keys if row.is_listed}
    others = [row for row in of_keys if row.is_alive and (row.is_for_review or (row.is_ahead and row.waits))]
    now = newest | {row.claim for row in others}
    changed = [{"of_site": site, "of_claim": claim, "is_on": claim in now} for claim in sorted(before ^ now)]
    if changed:
        connection.execute(_LIST, changed)


def standing_of(connection: Connection, site: str, keys: Collection[StockKey]) -> dict[StockKey, Instant | None]:
    """The instants of the latest standing claims of some keys, by what the store has."""
    standing: dict[StockKey, Instant | None] = dict.fromkeys(keys)
    by_number = dict(enumerate(sorted(keys)))
    for row in asked_rows(connection, _STANDING, _KEYS, _asked(keys), site=site) if keys else ():
        key, instant = by_number[row.number], Instant(row.effective_us, row.device, row.epoch, row.sequence, 0)
        standing[key] = max(instant, standing[key] or instant)
    return standing


def _asked(keys: Collection[StockKey]) -> list[tuple[Any, ...]]:
    return [(number, goods_name(key), *astuple(key)) for number, key in enumerate(sorted(keys))]


_SAME = " AND ".join(f"{{0}}.{name} = a.{name}" for name in KEY_NAMES)
_OWN = _SAME.format("c")
_OF_GOODS = "c.site = :site AND c.goods = a.goods AND c.is_alive {true}"
_SPEAKS = f"(({_OWN}) OR (c.serial != '' AND c.quantity > 0))"
_LATER = (
    "(p.effective_us, p.device {bytewise}, p.epoch, p.sequence) > "
    "(c.effective_us, c.device {bytewise}, c.epoch, c.sequence)"
)
_BEHIND = (
    "p.site = :site AND p.goods = a.goods AND p.is_alive {true} AND p.effective_us >= c.effective_us AND " + _LATER
)
_NEWEST = (
    "WITH {asked}, newest AS MATERIALIZED (SELECT a.*, (SELECT c.claim FROM claims c WHERE "
    + _OF_GOODS
    + " AND c.waits {true} AND NOT c.is_ahead AND "
    + _OWN
    + " ORDER BY c.effective_us DESC, c.device {bytewise} DESC, c.epoch DESC, c.sequence DESC LIMIT 1) AS newest "
    "FROM asked a) SELECT c.claim FROM newest a CROSS JOIN claims c WHERE c.site = :site AND c.claim = a.newest "
    f"AND NOT EXISTS (SELECT 1 FROM claims p WHERE {_BEHIND} AND p.standing IN ('accepted', 'agreed') "
    "AND p.standing = 'accepted' AND (" + _SAME.format("p") + " OR (p.serial != '' AND p.quantity > 0))) "
    f"AND NOT EXISTS (SELECT 1 FROM claims p WHERE {_BEHIND} AND p.recounts != '' AND p.recounts = c.claim "
    "AND p.stands {true})"
)  # fmt: skip
_SHOWN = (
    f"WITH {{asked}} SELECT c.claim, c.is_listed, c.is_for_review, c.is_alive, c.is_ahead, c.waits, "
    f"{', '.join(f'c.{name}' for name in KEY_NAMES)} FROM asked a CROSS JOIN claims c "
    "WHERE c.site = :site AND c.goods = a.goods AND c.is_listed {true}"
)
_STANDING = (
    f"WITH {{asked}}, latest AS MATERIALIZED (SELECT a.*, (SELECT max(c.effective_us) FROM claims c WHERE {_OF_GOODS} "
    f"AND c.stands {{true}} AND {_SPEAKS}) AS latest_us FROM asked a) "
    "SELECT a.number, c.effective_us, c.device, c.epoch, c.sequence FROM latest a CROSS JOIN claims c "
    f"WHERE {_OF_GOODS} AND c.stands {{true}} AND c.effective_us = a.latest_us AND {_SPEAKS}"
)
_WAITING = (
    "WITH {asked} SELECT a.goods FROM asked a WHERE EXISTS (SELECT 1 FROM claims c WHERE "
    f"{_OF_GOODS} AND c.waits {{true}})"
)
"""Of few goods anything waits: only the keys of those are looked at one by one."""
_LIST = (
    update(claims)
    .where(claims.c.site == bindparam("of_site"), claims.c.claim == bindparam("of_claim"))
    .values(is_listed=bindparam("is_on"))
)
