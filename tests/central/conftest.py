"""One imported store per session; every test works on a copy of its file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.central.admin import invite
from sync.central.desk import now_us
from sync.central.store import CentralStore, open_store
from tests.central.serving import Handheld, served
from tests.central.warehouse import SITE, make_store


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("central")
    make_store(folder).close()
    return folder / "central.db"


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[CentralStore]:
    shutil.copy(template, tmp_path / "central.db")
    opened = open_store(str(tmp_path / "central.db"))
    yield opened
    opened.close()


@pytest.fixture
def address(store: CentralStore) -> Iterator[str]:
    with served(store) as address:
        yield address


@pytest.fixture
def handheld(store: CentralStore, address: str) -> Iterator[Handheld]:
    device = Handheld(address, invite(store, SITE, now_us()))
    yield device
    device.http.close()
