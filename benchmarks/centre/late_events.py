"""A late event: one move of goods of which there are many claims, behind the instant at which it happened.

One claim in three stands; the others wait. The floor is the same push for goods that nobody has counted.
"""

import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import psycopg
from sqlalchemy import func, select

from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.counted import APART_US, BEGIN_US, COUNTER, key_of, set_counters, taken, write_book, write_floor
from benchmarks.world.world import SITE, World
from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, ClaimKind, Span
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.counting.identity import claim_id, version_of
from scanner_app.domain.counting.state import Kept, Standing, State
from scanner_app.domain.events.event import Event
from scanner_app.domain.quantity import SCALE
from scanner_app.showcase.cluster import Cluster
from sync.central.counting.claim_rows import FirstSeen, row_of
from sync.central.database.bulk import insert_rows
from sync.central.database.store import CentralStore, init_store
from sync.central.database.tables import claims
from sync.central.events.sender import Sender
from sync.central.intake.apply import apply_batch
from sync.central.service.server import collect_seldom
from sync.protocol import Outcome

NAMES = ("late_event_1m", "late_event_1m_pg")
_BOUND = 1.5
_POSTINGS_EACH = 100
"""So many postings there are between two claims."""
_TOLERATED = 1_000
_COUNTED, _BARE = key_of(0), key_of(1)


def measure(world: World) -> list[Result]:
    collect_seldom()  # as the service does
    with TemporaryDirectory() as folder, closing(init_store(str(Path(folder) / "central.db"))) as store:
        _fill(store, world.size.postings)
        found = _measured(NAMES[0], store, world)
    with Cluster(settings={"shared_buffers": "256MB"}) as cluster, closing(init_store(cluster.url())) as store:
        _fill(store, world.size.postings)
        with psycopg.connect(cluster.url().replace("+psycopg", "", 1), autocommit=True) as bare:
            bare.execute("VACUUM ANALYZE")
        return [found, _measured(NAMES[1], store, world)]


def _fill(store: CentralStore, postings: int) -> None:
    write_floor(store, 2, _TOLERATED)
    write_book(store, [(_COUNTED, SCALE), (_BARE, SCALE)] + [(_COUNTED, SCALE)] * (postings - 1), 0)
    made = [_kept(number) for number in range(postings // _POSTINGS_EACH)]
    rows = [row_of(SITE, kept, FirstSeen("Z"), is_alive=True, is_listed=False) for kept in made]
    with store.writing() as connection:
        insert_rows(connection, claims, rows)
        set_counters(connection, claimed_us=made[-1].claim.instant.time_us, claim_doubt_us=1)


def _kept(number: int) -> Kept:
    """A claim between two postings: in line with the book where it stands, and else off by more than is tolerated."""
    before = (number + 1) * _POSTINGS_EACH - 1
    instant = Instant(BEGIN_US + before * APART_US + APART_US // 2, "d1", 1, number + 1, 0)
    off = 0 if number % 3 == 0 else 2 * _TOLERATED * SCALE
    count = f"c{number}"
    claim = Claim(
        claim_id(count, _COUNTED), count, _COUNTED, ClaimKind.LINES, before * SCALE + off, version_of((count,)),
        Span(instant.time_us, instant, 1, "d1", COUNTER), frozenset({COUNTER}),
        frozen=Frozen(quantity=_TOLERATED * SCALE, cost=SCALE),
    )  # fmt: skip
    return Kept(claim, State(off, standing=Standing.WAITING if off else Standing.EXACT))


def _measured(name: str, store: CentralStore, world: World) -> Result:
    products: list[float] = []
    floors: list[float] = []
    runs = world.size.late_runs
    for run in range(2 * runs):
        at_us = BEGIN_US + (world.size.postings // 2 + run * 10) * APART_US + 1
        floors.append(_pushed(store, taken(2 * run + 1, _BARE, at_us)))
        products.append(_pushed(store, taken(2 * run + 2, _COUNTED, at_us)))
    if not _adjusted(store):
        raise BenchmarkError("No claim has taken up what came late.")
    return medians(name, "ms", products[runs:], floors[runs:], _BOUND)


def _pushed(store: CentralStore, event: Event) -> float:
    """How long a push of one event takes, its commit included (ms)."""
    payload = msgspec.json.encode(event)
    begun = time.perf_counter()
    with store.writing() as connection:
        (answer,) = apply_batch(connection, Sender(SITE, event.device, 1), [payload], event.wall_us + 10**13)
    took = (time.perf_counter() - begun) * 1_000
    if answer.outcome not in (Outcome.POSTED, Outcome.EXCEPTIONS):
        raise BenchmarkError(f"A late event was not posted: {answer}")
    return took


def _adjusted(store: CentralStore) -> int:
    """What all claims together put into the book."""
    with store.reading() as connection:
        return int(connection.execute(select(func.sum(claims.c.adjustment))).scalar() or 0)
