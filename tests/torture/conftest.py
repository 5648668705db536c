"""Fixtures of the trials: a site that is built once and copied for each of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.extent import LONG
from tests.torture.tools.site import Site, make_template

HERE = Path(__file__).parent
TIMEOUT_S = 900 if LONG else 120


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A trial may take longer than a test, but not for ever; one that names its own time keeps it."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(TIMEOUT_S))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("torture") / "site"
    make_template(folder)
    return folder


@pytest.fixture
def site(template: Path, tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "site"
    shutil.copytree(template, folder)
    site = Site(folder)
    yield site
    site.close()
