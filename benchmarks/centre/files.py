"""Files: 400,000 rows of master data and stock imported from CSV, and all of it written out as a workbook.

The floor of the import inserts the rows that the product left, of every table, by ``executemany`` into an empty store
of the product's own, a transaction a table. The floor of the export reads the same tables by ``sqlite3`` and writes
their cells by the same library, which is what takes the time. Memory is the peak of the process, against a bound.
"""

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.device.memory import KB_PER_MB
from benchmarks.result import BenchmarkError, Result, result
from benchmarks.world.product import scanner, write_config
from benchmarks.world.terminal import peak_of
from benchmarks.world.world import SEED, World
from scanner_app.demo.files import write_warehouse
from sync.central.database.master_tables import IMPORTED
from sync.central.database.store import init_store

NAMES = ("import_400k", "import_400k_memory", "export_xlsx", "export_xlsx_memory")
IMPORT_MB_MAX = 250
EXPORT_MB_MAX = 100
_SETTINGS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536")
Table = tuple[str, list[tuple[object, ...]]]


def measure(world: World) -> list[Result]:
    work = world.folder.parent / "work" / "files"
    shutil.rmtree(work, ignore_errors=True)
    sheets = work / "sheets"
    write_warehouse(sheets, world.size.files, SEED)
    import_s, import_mb = _run(work, "import", str(sheets))
    export_s, export_mb = _run(work, "export", "all", "--format", "xlsx", "--output", str(work / "all.xlsx"))
    tables = _tables(work / "central.db")
    return [
        result(NAMES[0], "s", (import_s, _inserted(work / "floor.db", tables)), 4.0, 1),
        result(NAMES[1], "MiB", (import_mb, IMPORT_MB_MAX), 1.0, 1),
        result(NAMES[2], "s", (export_s, _written(work / "central.db", work / "floor.xlsx")), 2.0, 1),
        result(NAMES[3], "MiB", (export_mb, EXPORT_MB_MAX), 1.0, 1),
    ]


def _run(work: Path, *words: str) -> tuple[float, float]:
    """Run a command of the centre in ``work``; how long it took (s), and its peak memory (MiB)."""
    if not (work / "central.db").exists():
        init_store(str(work / "central.db")).close()
    begun = time.perf_counter()
    running = subprocess.Popen(scanner(write_config(work), "central", *words), stdout=subprocess.DEVNULL)
    peak_kb = peak_of(running)
    seconds = time.perf_counter() - begun
    if running.wait():
        raise BenchmarkError(f"The centre could not {words[0]}.")
    return seconds, peak_kb / KB_PER_MB


def _tables(path: Path) -> list[Table]:
    with closing(sqlite3.connect(path)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [(name, database.execute(f"SELECT * FROM {name}").fetchall()) for name in names]


def _inserted(path: Path, tables: list[Table]) -> float:
    """Insert rows into an empty store; only that is timed."""
    init_store(str(path)).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in _SETTINGS:
            database.execute(f"PRAGMA {setting}")
        begun = time.perf_counter()
        for name, rows in tables:
            database.execute("BEGIN IMMEDIATE")
            database.execute(f"DELETE FROM {name}")
            if rows:
                database.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[0]))})", rows)
            database.execute("COMMIT")
        return time.perf_counter() - begun


def _written(database: Path, path: Path) -> float:
    """Write what can be imported again as a bare workbook."""
    from xlsxwriter import Workbook

    begun = time.perf_counter()
    with closing(sqlite3.connect(database)) as opened, Workbook(path, {"constant_memory": True}) as workbook:
        for name in IMPORTED:
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(_cells(opened, name)):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)
    return time.perf_counter() - begun


def _cells(database: sqlite3.Connection, name: str) -> Iterator[list[str]]:
    for row in database.execute(f"SELECT * FROM {name}"):
        yield [str(cell) for cell in row]
