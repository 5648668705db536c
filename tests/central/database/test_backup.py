"""Backups of the store: whole as of one moment, taken back by either engine, and never over something else."""

import gzip
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from scanner_app.errors import CentralError
from sync.central.audit.verification import verify
from sync.central.book.counters import site_version
from sync.central.book.lives import begin_lives, store_epoch_of
from sync.central.database import backup as module
from sync.central.database.backup import back_up, put_back
from sync.central.database.store import CentralStore, open_store
from sync.central.database.tables import REVISION, counters, metadata
from sync.protocol import BODY_BYTES_MAX, Outcome
from tests.central.databases import Files, Server
from tests.central.warehouse import NOW_US, SITE, event, move, push


def _rows(store: CentralStore) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store but its epoch."""
    with store.reading() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }
    place = list(counters.c).index(counters.c.store_epoch)
    return {**found, "counters": [(*row[:place], *row[place + 1 :]) for row in found["counters"]]}


def _epoch(store: CentralStore) -> str:
    return store.read(lambda connection: store_epoch_of(connection, SITE))


def test_a_store_comes_back_as_it_was_under_another_epoch(store: CentralStore, empty_url: str, tmp_path: Path) -> None:
    push(store, [event(1, move("A", "B")), event(2, move("A", "NOWHERE"))])
    saved = _rows(store)
    rows = back_up(store, tmp_path / "backup", NOW_US)
    push(store, [event(3, move("A", "B"))])
    assert put_back(tmp_path / "backup", empty_url, begin_lives) == rows
    with closing(open_store(empty_url)) as restored:
        assert _rows(restored) == saved
        assert _epoch(restored) != _epoch(store)
        again = push(restored, [event(n, move("A", "B")) for n in (1, 3)])
        assert [(one.outcome, one.duplicate) for one in again] == [(Outcome.POSTED, True), (Outcome.POSTED, False)]
        assert verify(restored) == []


def test_a_store_moves_from_one_engine_to_the_other(sqlite: Files, postgresql: Server, tmp_path: Path) -> None:
    with sqlite.warehouse() as first, postgresql.empty() as second, sqlite.empty() as third:
        for number, (here, there) in enumerate(((first, second), (second, third))):
            with closing(open_store(here)) as store:
                push(store, [event(number + 1, move("A", "B"))])
                back_up(store, tmp_path / f"{number}", NOW_US)
                put_back(tmp_path / f"{number}", there, begin_lives)
                with closing(open_store(there)) as moved:
                    assert _rows(moved) == _rows(store)
                    assert verify(moved) == []


def test_events_of_any_size_come_back(store: CentralStore, empty_url: str, tmp_path: Path) -> None:
    """However many large ones there are, no part of the file takes more memory than two requests."""
    push(store, [event(n, move("A", "B"), boot="b" * (6 << 20)) for n in range(1, 5)])
    rows = back_up(store, tmp_path / "backup", NOW_US)
    with gzip.open(tmp_path / "backup") as packed:
        sizes = [size for size in iter(lambda: int.from_bytes(packed.read(8)), 0) if packed.read(size)]
    assert max(sizes) < 2 * BODY_BYTES_MAX < sum(sizes)
    assert put_back(tmp_path / "backup", empty_url, begin_lives) == rows


def test_a_backup_is_as_of_one_moment(store: CentralStore, empty_url: str, tmp_path: Path) -> None:
    """Somebody pushes while it is being written: it has all of an event or nothing."""
    pushed = iter(range(1, 1_000))
    written = module._put

    def write(*message: object) -> None:
        push(store, [event(next(pushed), move("A", "B"))])
        written(*message)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_put", write)
        back_up(store, tmp_path / "backup", NOW_US)
    put_back(tmp_path / "backup", empty_url, begin_lives)
    with closing(open_store(empty_url)) as restored:
        assert verify(restored) == []
        assert next(pushed) > 10
        assert _version(restored) < _version(store)


def _version(store: CentralStore) -> int:
    return store.read(lambda connection: site_version(connection, SITE))


def test_nothing_is_written_over(store: CentralStore, warehouse_url: str, tmp_path: Path) -> None:
    back_up(store, tmp_path / "backup", NOW_US)
    with pytest.raises(CentralError, match="exists already"):
        back_up(store, tmp_path / "backup", NOW_US)
    with pytest.raises(CentralError, match="There is a central store"):
        put_back(tmp_path / "backup", warehouse_url, begin_lives)
    with pytest.raises(CentralError, match="cannot be written"):
        back_up(store, tmp_path / "no folder" / "backup", NOW_US)


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _without_end(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content)[:-11])


def _flipped(content: bytes, place: int = 2) -> bytes:
    """One bit is another, halfway through the file or at another part of it."""
    at = len(content) // place
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _of_a_newer_program(content: bytes) -> bytes:
    head = msgspec.msgpack.encode(module.Head(module.FORMAT, str(int(REVISION) + 1).zfill(4), 0))
    return gzip.compress(len(head).to_bytes(8) + head)


@pytest.mark.parametrize(
    ("harmed", "told"),
    [
        (_cut, "damaged"),
        (_flipped, "damaged"),
        (partial(_flipped, place=3), "damaged"),
        (partial(_flipped, place=5), "damaged"),
        (partial(_flipped, place=7), "damaged"),
        (_without_end, "damaged"),
        (lambda _content: b"", "damaged"),
        (lambda _content: b"no backup at all", "damaged"),
        (_of_a_newer_program, "newer program"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_leaves_no_store(
    store: CentralStore, empty_url: str, tmp_path: Path, harmed: Callable[[bytes], bytes], told: str
) -> None:
    back_up(store, tmp_path / "backup", NOW_US)
    (tmp_path / "harmed").write_bytes(harmed((tmp_path / "backup").read_bytes()))
    with pytest.raises(CentralError, match=told):
        put_back(tmp_path / "harmed", empty_url, begin_lives)
    with pytest.raises(CentralError, match="There is no central store"):
        open_store(empty_url)


def test_a_store_that_was_put_back_by_other_means_gets_an_epoch(store: CentralStore) -> None:
    before = _epoch(store)
    store.write(begin_lives)
    assert _epoch(store) != before
