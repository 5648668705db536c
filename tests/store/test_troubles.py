"""Whatever SQLite says becomes one of our errors, whose sentence fits and says what to do."""

import sqlite3

import pytest

from scanner_app.errors import StoreBusyError, StoreDamagedError, StoreError, StoreFailedError, StoreFullError
from scanner_app.store.damage import translated

FULL, BUSY, DAMAGED, FAILED = StoreFullError, StoreBusyError, StoreDamagedError, StoreFailedError
KINDS: dict[str, type[StoreError]] = {
    **dict.fromkeys(("SQLITE_FULL", "SQLITE_TOOBIG"), FULL),
    **dict.fromkeys(("SQLITE_BUSY", "SQLITE_LOCKED"), BUSY),
    **dict.fromkeys(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT"), DAMAGED),
    **dict.fromkeys(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PROTOCOL"), FAILED),
}
_WORDS = {FULL: "Make room", BUSY: "Close it", DAMAGED: "Start the scanner again", FAILED: "Start again"}
CODES = sorted(
    (name, code)
    for name, code in vars(sqlite3).items()
    if name.startswith("SQLITE_") and isinstance(code, int) and any(name.startswith(kind) for kind in KINDS)
)
"""The kinds and what SQLite tells apart of each, such as SQLITE_BUSY_SNAPSHOT."""


@pytest.mark.parametrize(("name", "code"), CODES)
def test_each_trouble_has_a_sentence_that_fits(name: str, code: int) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    kind = next(kind for word, kind in KINDS.items() if name.startswith(word))
    trouble = translated(error)
    assert type(trouble) is kind
    assert _WORDS[kind] in str(trouble)
    assert ("room" in str(trouble)) == (kind is FULL)


def test_what_nobody_expects_is_for_support() -> None:
    assert str(translated(sqlite3.ProgrammingError("odd"))) == (
        "The cache could not be used (odd). Start again; if this comes back, call support."
    )
