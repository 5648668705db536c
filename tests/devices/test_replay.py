"""The replay reader: a file's lines become entries, in order, at a rate, until told to stop."""

import time
from pathlib import Path

import pytest

from devices.readers.replay import ReplayReader, entry_of
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.errors import DeviceError

NOW = Stamp(1, 2, "boot")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"A-01-02", Entry(b"A-01-02", Source.REPLAY, NOW)),
        (b"key:F3", Entry(b"", Source.REPLAY, NOW, key="F3")),
        (rb"]C1\x1d10AB", Entry(b"]C1\x1d10AB", Source.REPLAY, NOW)),
        (rb"back\\slash \q", Entry(rb"back\slash \q", Source.REPLAY, NOW)),
        ("größe".encode(), Entry("größe".encode(), Source.REPLAY, NOW)),
    ],
)
def test_lines(line: bytes, expected: Entry) -> None:
    assert entry_of(line, NOW) == expected


def replay(tmp_path: Path, text: str, rate_per_s: float) -> tuple[ReplayReader, list[Entry]]:
    path = tmp_path / "entries"
    path.write_text(text)
    entries: list[Entry] = []
    return ReplayReader(path, entries.append, lambda: NOW, rate_per_s=rate_per_s), entries


def test_a_file_from_start_to_end(tmp_path: Path) -> None:
    reader, entries = replay(tmp_path, "# a move\nA\n\nB\nkey:F1\n", 0)
    reader.start()
    assert reader.wait(5)
    assert [entry.key or entry.raw for entry in entries] == [b"A", b"B", "F1"]


def test_a_rate_is_kept(tmp_path: Path) -> None:
    reader, entries = replay(tmp_path, "A\nB\nC\nD\n", 20)
    began = time.monotonic()
    reader.start()
    assert reader.wait(5)
    assert time.monotonic() - began >= 0.15
    assert len(entries) == 4


def test_stopping_ends_between_entries(tmp_path: Path) -> None:
    reader, entries = replay(tmp_path, "A\nB\n", 0.01)
    reader.start()
    reader.stop()
    assert len(entries) <= 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    reader = ReplayReader(tmp_path / "none", lambda entry: None, lambda: NOW, rate_per_s=0)
    with pytest.raises(DeviceError, match="cannot be read"):
        reader.start()
