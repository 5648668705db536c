"""Read tokens (API keys): who may read the book of a site and change nothing, an ERP say. Kept only as hashes."""

import secrets
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, select, update

from sync.central.database.bulk import dialect_insert
from sync.central.database.tables import read_tokens
from sync.central.sites.devices import hashed
from sync.credentials import credential, site_of


class BookReader(NamedTuple):
    site: str
    name: str


def given(connection: Connection, site: str, name: str, now_us: int) -> str:
    """Make a token for a reader and return it, this once; the one that a reader of that name had is void."""
    token = credential(site, secrets.token_urlsafe(32))
    settled = {"token_hash": hashed(token), "revoked": False, "given_us": now_us}
    first = dialect_insert(connection, read_tokens).values(site=site, name=name, **settled)
    connection.execute(first.on_conflict_do_update(index_elements=["site", "name"], set_=settled))
    return token


def withdrawn(connection: Connection, site: str, name: str) -> bool:
    """Make a reader's token void; say whether there is such a reader."""
    whose = (read_tokens.c.site == site, read_tokens.c.name == name)
    return connection.execute(update(read_tokens).where(*whose).values(revoked=True)).rowcount > 0


def reader_of(connection: Connection, token: str) -> BookReader | None:
    """Return whose token it is, if it is a good one."""
    site = site_of(token)
    wanted = select(read_tokens.c.site, read_tokens.c.name)
    wanted = wanted if site is None else wanted.where(read_tokens.c.site == site)
    is_good = (read_tokens.c.token_hash == hashed(token), read_tokens.c.revoked.is_(False))
    row = connection.execute(wanted.where(*is_good)).first()
    return BookReader(row.site, row.name) if row else None


class ReadTokenRow(Struct, frozen=True):
    """A token as a list shows it: who reads with it, since when (us), and whether it was withdrawn."""

    name: str
    given_us: int
    is_withdrawn: bool


def tokens_of(connection: Connection, site: str) -> list[ReadTokenRow]:
    """Every reader of a site by name; the tokens themselves nobody knows."""
    wanted = select(read_tokens.c.name, read_tokens.c.given_us, read_tokens.c.revoked)
    rows = connection.execute(wanted.where(read_tokens.c.site == site).order_by(read_tokens.c.name)).all()
    return [ReadTokenRow(row.name, row.given_us, bool(row.revoked)) for row in rows]
