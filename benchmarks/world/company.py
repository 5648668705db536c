"""A company: a centre on a PostgreSQL server of its own, sites that have the same goods, devices at each of them.

The server keeps its promises (fsync, synchronous commit), but where only the harness is tried. What is filled once is
copied for every measurement.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

import psycopg
from sqlalchemy import text

from benchmarks.result import BenchmarkError
from benchmarks.world.picks import Pick
from benchmarks.world.world import SEED, World
from scanner_app.demo.files import write_warehouse
from scanner_app.demo.scale import Scale
from scanner_app.demo.warehouse import make_warehouse
from scanner_app.domain.catalog import LocationState, Tracking
from scanner_app.domain.quantity import SCALE
from scanner_app.showcase.cluster import QUICK, Cluster
from scanner_app.version import PROGRAM
from sync.central.database.store import CentralStore, init_store, open_store
from sync.central.imports.run import import_folder
from sync.central.sites.enrolling import Enrolled, EnrolmentAsked, enrolled, invited

SITE_NAMES = tuple(f"S{number:02d}" for number in range(1, 11))
PIECES = 1_000_000
"""Lie at every place from which something is moved."""
_SETTINGS = {"shared_buffers": "256MB", "max_wal_size": "4GB", "log_min_messages": "fatal"}
_TEMPLATE = "company"
_PICKS = 400


class Device(NamedTuple):
    """A device as the centre knows it, and its token."""

    site: str
    device: str
    token: str


class Company(NamedTuple):
    """``picks`` can be moved at every site of it by ``operator``; ``devices`` come site by site."""

    cluster: Cluster
    folder: Path
    picks: Sequence[Pick]
    devices: Sequence[Device]

    def copied(self, name: str) -> str:
        """Make a fresh copy of the centre's database; return its URL."""
        with closing(connected(self.cluster.url())) as database:
            database.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
            database.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}".encode())
        return self.cluster.url(name)


def connected(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A plain connection to the database of an SQLAlchemy URL; every statement commits by itself."""
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)


@contextmanager
def company(world: World, name: str, sites: int, devices_per_site: int) -> Iterator[Company]:
    """Found a company for the length of a block; its files go to the work folder ``name``."""
    folder, scale = world.folder.parent / "work" / name, world.size.company
    settings = {**_SETTINGS, **(QUICK if world.size.is_trial else {})}
    folder.mkdir(parents=True, exist_ok=True)
    picks = _picks(scale)
    names = SITE_NAMES[:sites]
    with Cluster(settings=settings) as cluster:
        with closing(connected(cluster.url())) as database:
            database.execute(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0".encode())
        with closing(init_store(cluster.url(_TEMPLATE))) as store:
            _import(store, folder / "sheets", scale, names, picks)
            known = [device for site in names for device in _enrol(store, site, devices_per_site)]
        with closing(open_store(cluster.url(_TEMPLATE))) as store, store.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
        yield Company(cluster, folder, picks, known)


def _picks(scale: Scale) -> list[Pick]:
    warehouse = make_warehouse(scale, SEED)
    goods = [one for one in warehouse.goods[2:] if one.item.tracking is Tracking.NONE and not one.item.decimals]
    places = [one.location for one in warehouse.locations if one.state is LocationState.OPEN]
    chance = Random("company")
    chosen = chance.sample([(place, good) for place in places for good in goods[:50]], _PICKS)
    return [
        Pick(place, good.item.item, good.code, PIECES * SCALE, chance.choice([one for one in places if one != place]))
        for place, good in chosen
    ]


def _import(store: CentralStore, sheets: Path, scale: Scale, sites: Sequence[str], picks: Sequence[Pick]) -> None:
    write_warehouse(sheets, scale, SEED)
    lines = [f"{one.source},{one.item},,,OWN,AVAILABLE,{PIECES}" for one in picks]
    (sheets / "stock.csv").write_text("\n".join(["place,item,lot,serial,owner,status,quantity", *lines]) + "\n")
    for site in sites:
        (sheets / "sites.csv").write_text(f"site,name,zone\n{site},Site {site},Europe/Berlin\n")
        import_folder(store, sheets, time.time_ns() // 1_000, site)


def _enrol(store: CentralStore, site: str, number: int) -> Iterator[Device]:
    """Enrol so many devices, as the service does it."""
    now_us = time.time_ns() // 1_000
    with store.writing() as connection:
        for name in range(number):
            one = enrolled(
                connection,
                EnrolmentAsked(code=invited(connection, site, now_us), name=str(name), program=PROGRAM),
                now_us,
            )
            if not isinstance(one, Enrolled):
                raise BenchmarkError("The centre did not take its own invitation.")
            yield Device(one.site, one.device, one.token)
