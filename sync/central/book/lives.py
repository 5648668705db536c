"""Lives of a site's book: its store epoch, and the marks by which devices show that the store was put back.

A store put back from a copy says so by another epoch; where nobody told it, it hears so from the first device that
knows more than it does. What a device knows is a mark: how far the site was, sealed with a key of the site, so that
nobody can make the store believe it. Each mark belongs to a *beat*, a span of a few minutes with a name drawn by lot:
in a life of the store that was lost, a beat went on further than here, or was never heard of.
"""

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import Connection, bindparam, select, update

from sync.central.book.counters import Counters, locked_counters, set_counters
from sync.central.database.tables import beats, counters

BEAT_US = 600_000_000
_DIGITS = 32


def mark_of(site: str, now: Counters) -> str:
    """What a device is given to show that a site was as far as it is ``now``."""
    return _sealed(site, now, f"{now.beat}.{now.version}.{now.kept}")


def _sealed(site: str, now: Counters, said: str) -> str:
    about = f"{now.store_epoch} {site} {said}".encode()
    return f"{said}.{hmac.new(now.seal.encode(), about, sha256).hexdigest()[:_DIGITS]}"


def _read(site: str, now: Counters, mark: str) -> tuple[str, int, int] | None:
    """Beat, version and number of events kept of a mark that this life has given; None for any other."""
    said, _, _seal = mark.rpartition(".")
    if not hmac.compare_digest(_sealed(site, now, said).encode(), mark.encode()):
        return None
    beat, version, kept = said.split(".")
    return beat, int(version), int(kept)


_ENDED = select(beats.c.version, beats.c.kept).where(
    beats.c.site == bindparam("of_site"), beats.c.beat == bindparam("named")
)


_STORE_EPOCH = select(counters.c.store_epoch).where(counters.c.site == bindparam("of_site"))


def store_epoch_of(connection: Connection, site: str) -> str:
    """The store epoch of a site, to who only reads; empty where nothing was counted yet."""
    return str(connection.execute(_STORE_EPOCH, {"of_site": site}).scalar() or "")


def heard(connection: Connection, site: str, now: Counters, marks: Iterable[tuple[str, str]], now_us: int) -> Counters:
    """The counters of a site after devices have shown their ``marks``, each with the epoch that it is of.

    When one of them shows that the store was put back, another life begins.
    """
    read = {_read(site, now, mark) for epoch, mark in marks if mark and epoch == now.store_epoch}
    if any(known is not None and _is_lost(connection, site, now, known) for known in read):
        if locked_counters(connection, site).store_epoch == now.store_epoch:
            begin_life(connection, site, now_us)
        return locked_counters(connection, site)
    return now


def _is_lost(connection: Connection, site: str, now: Counters, known: tuple[str, int, int]) -> bool:
    """Say whether the store was further than it is, in a beat that it knows or not."""
    beat, version, kept = known
    if beat == now.beat:
        return version > now.version or kept > now.kept
    ended = connection.execute(_ENDED, {"of_site": site, "named": beat}).one_or_none()
    return ended is None or version > ended.version or kept > ended.kept


def keep_beat(connection: Connection, site: str, now: Counters, now_us: int) -> Counters:
    """Begin another beat when this one has lasted long enough; the caller has locked the counters ``now``."""
    return now if 0 <= now_us - now.beat_us < BEAT_US else _begin_beat(connection, site, now, now_us)


def _begin_beat(connection: Connection, site: str, now: Counters, now_us: int) -> Counters:
    connection.execute(beats.insert().values(site=site, beat=now.beat, version=now.version, kept=now.kept))
    after = now._replace(beat=secrets.token_hex(8), beat_us=now_us)
    set_counters(connection, site, after)
    return after


def begin_beats(connection: Connection, now_us: int) -> None:
    """Begin another beat of every site: a service starts, and the store may have been put back before."""
    for site in connection.execute(select(counters.c.site)).scalars().all():
        _begin_beat(connection, site, locked_counters(connection, site), now_us)


def begin_life(connection: Connection, site: str, noticed_us: int = 0) -> None:
    """Begin another life of a site, in which it may know less than devices were told; ``noticed_us``: by itself."""
    values = {"store_epoch": secrets.token_hex(8), "noticed_us": noticed_us}
    connection.execute(update(counters).where(counters.c.site == site).values(**values))


def begin_lives(connection: Connection) -> None:
    """Begin another life of every site: the whole store was put back."""
    for site in connection.execute(select(counters.c.site)).scalars().all():
        begin_life(connection, site)
