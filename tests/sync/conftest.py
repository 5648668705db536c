"""A centre on loopback with the small warehouse, and devices enrolled at it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.central.warehouse import make_store
from tests.sync.centre import Centre
from tests.sync.handheld import Handheld
from tests.sync.proxy import Proxy
from tests.sync.saying import Saying


@pytest.fixture(scope="session")
def central_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sync-central")
    make_store(folder).close()
    return folder / "central.db"


@pytest.fixture
def centre(central_template: Path, tmp_path: Path) -> Iterator[Centre]:
    shutil.copy(central_template, tmp_path / "central.db")
    centre = Centre(tmp_path)
    centre.start()
    yield centre
    centre.stop()


@pytest.fixture
def handheld(centre: Centre, tmp_path: Path) -> Iterator[Handheld]:
    device = Handheld(tmp_path / "one").enrol(centre)
    yield device
    device.close()


@pytest.fixture
def another(centre: Centre, tmp_path: Path) -> Iterator[Callable[[str], Handheld]]:
    """Makes more devices, by name."""
    made: list[Handheld] = []

    def make(name: str) -> Handheld:
        made.append(Handheld(tmp_path / name).enrol(centre, name))
        return made[-1]

    yield make
    for device in made:
        device.close()


@pytest.fixture
def proxy(centre: Centre) -> Iterator[Proxy]:
    proxy = Proxy(centre.port).start()
    yield proxy
    proxy.stop()


@pytest.fixture
def saying() -> Iterator[Saying]:
    with Saying() as saying:
        yield saying
