"""The demo on a PostgreSQL that it starts itself: what a worker moves is in it, also the next morning."""

import os
import select
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.program.demonstration import Demo, demonstration


@contextmanager
def _demonstration(folder: Path) -> Iterator[Demo]:
    """The demo, and the end of its server after it."""
    with demonstration(folder, "--central", "postgres") as demo:
        pid = ((folder / "postgresql").resolve() / "postmaster.pid").read_text().split()[0]
        server = os.pidfd_open(int(pid))
        yield demo
    assert select.select([server], [], [], 20)[0], "the server ends with the demo"
    os.close(server)


def test_the_demo_keeps_its_book_in_a_postgresql_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with _demonstration(folder) as demo:
        said = "\n".join([*demo.sign_in(), *demo.moves()]) + "\n"
        assert demo.scanner("line", given=said).returncode == 0
        assert demo.scanner("sync", "--once").returncode == 0
        moved = demo.events()
        assert len(moved) == 3
        assert "postgresql+psycopg" in demo.config.read_text()
    with _demonstration(folder) as demo:
        assert demo.events() == moved
        assert demo.scanner("central", "verify").stdout == "The book is sound.\n"
    if (folder / "postgresql").is_symlink():
        shutil.rmtree((folder / "postgresql").resolve().parent)
