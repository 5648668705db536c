"""What all measurements share where only the harness is tried: a server, empty stores, a company, loaded programs."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.centre.beside_hostile import DEVICES
from benchmarks.size import SIZES
from benchmarks.world import company
from benchmarks.world.company import Company, connected
from benchmarks.world.world import World, make_world
from scanner_app.showcase.cluster import QUICK, Cluster
from sync.central.database.store import CentralStore, init_store, open_store
from tests.benchmarks import forked

TINY = SIZES["tiny"]
LARGEST = TINY.sites, max(TINY.storm_devices, DEVICES, TINY.watchers + 1)
"""Sites and devices at each, of a company that is large enough for each measurement."""
_SETTINGS = {**QUICK, "autovacuum": "off"}
_USED, _EMPTY = "postgres", "laid"


class Shared:
    """Made once; each measurement is lent it, or a copy."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._cluster = stack.enter_context(Cluster(settings=_SETTINGS))
        self._empty = folder / "empty.db"
        init_store(str(self._empty)).close()
        init_store(self._cluster.url()).close()
        self._say(f"ALTER DATABASE {_USED} RENAME TO {_EMPTY}", f"CREATE DATABASE {_USED} TEMPLATE {_EMPTY}")
        self.world = make_world(TINY, folder / "bench")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(company, "Cluster", lambda settings: nullcontext(self._cluster))
            self._founded = stack.enter_context(company.company(self.world, "founded", *LARGEST))

    def lend(self, patch: pytest.MonkeyPatch) -> None:
        """Have all modules of measurements use what is here."""
        lent = {"Cluster": self.server, "init_store": self.store, "company": self.company, "subprocess": forked}
        for module in _measurements():
            for name in lent.keys() & vars(module).keys():
                patch.setattr(module, name, lent[name])

    @contextmanager
    def server(self, settings: object = None) -> Iterator[Cluster]:
        """The server, whose usual database is made anew behind whoever had it."""
        yield self._cluster
        self._say(f"DROP DATABASE {_USED} WITH (FORCE)", f"CREATE DATABASE {_USED} TEMPLATE {_EMPTY}")

    def store(self, url: str) -> CentralStore:
        """An empty store at a place where there is none: a copy, but of what the server has."""
        if "://" not in url:
            Path(url).parent.mkdir(exist_ok=True)
            shutil.copy(self._empty, url)
        return open_store(url)

    @contextmanager
    def company(self, world: World, name: str, sites: int, devices_per_site: int) -> Iterator[Company]:
        """So many sites and devices of the company that there is."""
        folder = world.folder.parent / "work" / name
        folder.mkdir(parents=True, exist_ok=True)
        whole = self._founded.devices
        most = len(whole) // LARGEST[0]
        devices = [one for site in range(sites) for one in whole[site * most :][:devices_per_site]]
        yield self._founded._replace(folder=folder, devices=devices)

    def _say(self, *statements: str) -> None:
        with closing(connected(self._cluster.url("template1"))) as database:
            for statement in statements:
                database.execute(statement.encode())


def _measurements() -> list[ModuleType]:
    found = [module for name, module in sys.modules.items() if name.startswith("benchmarks.")]
    return [module for module in found if not hasattr(module, "__path__")]
