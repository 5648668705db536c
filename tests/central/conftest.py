"""One imported store per session; every test works on a copy of its file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.central.store import CentralStore, open_store
from tests.central.warehouse import make_store


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
