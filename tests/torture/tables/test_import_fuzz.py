"""Spoilt tables are imported: no exception, and what was booked satisfies every rule that the floor has.

The rules are told here once more, by SQL and patterns, so that a fault of the import does not hide behind itself.
"""

import re
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random

import pytest

from scanner_app.errors import CentralError
from sync.central.audit.verification import verify
from sync.central.database.store import init_store, open_store
from sync.central.imports.run import Wish, run_import
from tests.extent import SEED, extent
from tests.torture.tools.spoilt_tables import Tables, demo_tables, write_spoilt

TRIALS = extent(4, 2_000)
SECONDS = extent(0, 300)
"""Go on for so long, behind as many trials as there are at least."""
NOW_US = 1_780_000_000_000_000
_HASH = re.compile(r"\$argon2id\$v=19\$m=(\d{4,5}),t=\d,p=[1-4]\$[^$]+\$[^$]+")
_DISGUISE = re.compile(r"[0-9][.,][0-9]+[eE][+]?[0-9]+|[0-9]{1,3}(,[0-9]{3}){3,}|[0-9]{6,}[.,]0+")
_MILLION = 1_000_000
_OF_ITEM = "FROM stock s LEFT JOIN items i ON i.site = s.site AND i.item = s.item WHERE s.on_device AND s.quantity <> 0"
_IMPOSSIBLE = {
    "stock of no item, or less than nothing": f"SELECT s.* {_OF_ITEM} AND (i.item IS NULL OR s.quantity < 0)",
    "stock beside the decimals of its item": f"""
        SELECT s.* {_OF_ITEM} AND (s.quantity * CAST(pow(10, i.decimals) AS INTEGER)) % {_MILLION} <> 0""",
    "a lot where none is kept, or none where one is": f"""
        SELECT s.* {_OF_ITEM} AND (s.lot <> '') <> (i.tracking IN ('lot', 'lot_serial'))""",
    "a serial where none is kept, or none where one is": f"""
        SELECT s.* {_OF_ITEM} AND (s.serial <> '') <> (i.tracking IN ('serial', 'lot_serial'))""",
    "more than one piece of a serial": f"SELECT s.* {_OF_ITEM} AND s.serial <> '' AND s.quantity <> {_MILLION}",
    "a serial in two places": """
        SELECT item, serial FROM stock WHERE on_device AND quantity > 0 AND serial <> '' GROUP BY item, serial
        HAVING count(*) > 1""",
    "stock at no place": """
        SELECT place FROM stock WHERE on_device AND quantity <> 0 AND place NOT IN (SELECT location FROM locations)
        AND place NOT IN (SELECT plate FROM plates)
        AND place NOT IN (SELECT '@hand:' || operator FROM operators)""",
    "a barcode or a unit of no item": """
        SELECT code, item FROM barcodes WHERE item NOT IN (SELECT item FROM items)
        UNION SELECT unit, item FROM units WHERE item NOT IN (SELECT item FROM items) OR factor <= 0""",
    "a plate that is a location": "SELECT plate FROM plates WHERE plate IN (SELECT location FROM locations)",
    "a badge of two": "SELECT badge FROM operators WHERE active GROUP BY badge HAVING count(*) > 1",
}
_CODES = (
    ("items", "item"), ("locations", "location"), ("plates", "plate"), ("barcodes", "code"), ("operators", "operator"),
    ("operators", "badge"), ("owners", "owner"), ("statuses", "status"), ("profiles", "profile"), ("units", "unit"),
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tables]:
    """An empty store, and the tables that are spoilt."""
    folder = tmp_path_factory.mktemp("fuzz")
    init_store(str(folder / "empty.db")).close()
    return folder / "empty.db", demo_tables(folder / "demo")


@pytest.mark.timeout(2_400)
def test_spoilt_tables_book_only_what_the_floor_could(demo: tuple[Path, Tables], tmp_path: Path) -> None:
    begun, done = time.monotonic(), Counter[str]()
    for number in count():
        if number >= TRIALS and time.monotonic() - begun >= SECONDS:
            break
        seed = f"{SEED}/{number}"
        try:
            done[_trial(demo, tmp_path / str(number), Random(seed))] += 1
        except Exception as trouble:
            raise AssertionError(f"Trial {seed} of the import: {trouble!r}") from trouble
    print(f"{done.total()} imports of spoilt tables from seed {SEED}: {dict(done)}")
    assert done["taken"]


def _trial(demo: tuple[Path, Tables], folder: Path, chance: Random) -> str:
    empty, tables = demo
    write_spoilt(folder, tables, chance)
    database = folder / "store" / "central.db"
    database.parent.mkdir()
    shutil.copy(empty, database)
    with closing(open_store(str(database))) as store:
        try:
            report = run_import(store, folder, NOW_US, Wish("DC1", skips_bad=chance.random() < 0.8))
        except CentralError:
            return "not begun"
        finally:
            assert verify(store) == []
    with closing(sqlite3.connect(database)) as opened:
        _look(opened)
    shutil.rmtree(folder)
    return "taken" if report.is_taken else "refused"


def _look(opened: sqlite3.Connection) -> None:
    opened.create_function("pow", 2, pow)
    for what, query in _IMPOSSIBLE.items():
        assert opened.execute(query).fetchall() == [], what
    for table, column in _CODES:
        for (code,) in opened.execute(f"SELECT {column} FROM {table}"):
            assert _is_code(code) or (column == "profile" and not code), (table, column, code)
    for (verifier,) in opened.execute("SELECT verifier FROM operators"):
        match = _HASH.fullmatch(verifier)
        assert match, verifier
        assert int(match[1]) <= 65_536


def _is_code(code: str) -> bool:
    is_ours = code.startswith(("@", ".")) or code.upper().startswith("CMD:")
    return 0 < len(code) <= 80 and code.isprintable() and not is_ours and not _DISGUISE.fullmatch(code)
