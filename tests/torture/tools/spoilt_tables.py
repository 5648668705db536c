"""Spoilt tables: the demo's tables as spreadsheets, editors and hurried people leave them, from a seed."""

import csv
import datetime
import io
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Literal

import xlsxwriter

from scanner_app.demo.files import write_warehouse
from scanner_app.demo.scale import Scale

Rows = list[list[str]]
Tables = dict[str, Rows]
ROWS_MAX = 14
CELLS = (
    "", " ", "0", "-1", "1,234", "0.5", "1.000", "1e3", "1E+05", "4.00638e+12", '="4006381333931"', "'0123", "''",
    "'=1", "4,006,381,333,931", "4006381333931.0", "4006381333932", "36000291452", "9" * 19, "12.3456789", "\u0661",
    "\uff15", "½", "x" * 90, "x" * 300, "a\x07b", "a\u200bb", "a\u00a0b", "\u202eabc", "@adjustment", "@hand:",
    "@hand:1001", ".b", "CMD:UNDO", "2026-03-01", "31/01/2025", "2025-13-45", "true", "TRUE", "maybe", "none", "serial",
    "lot_serial", "#N/A", "NULL", "nan", "worker boss", "123456", "Ä", "A\u0308", '"', ";", ",", "\t", "\n", "OWN",
    "$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHQ$" + "A" * 43, "=cmd|' /C calc'!A0", "EA", "1", "2", "100", "S1", "L1",
    "AVAILABLE",
)  # fmt: skip
HEADERS = ("colour", "", "pin", "verifier", "site", "version", "active", "item")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")


def demo_tables(folder: Path) -> Tables:
    """A few rows of each table of the demo warehouse, those that name each other among them."""
    write_warehouse(folder, Scale())
    tables = {path.stem: _read(path) for path in sorted(folder.glob("*.csv"))}
    header, *stock = tables["stock"]
    items = {row[header.index("item")] for row in stock[:ROWS_MAX]}
    for name, (names, *rows) in tables.items():
        wanted = [row for row in rows if row[0] in items] if name in ("items", "units", "lots") else rows
        cut = 2 if name == "operators" else len(rows) if name in ("locations", "plates") else ROWS_MAX
        tables[name] = [names, *wanted[:cut]]
    return tables


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_spoilt(folder: Path, tables: Tables, chance: Random) -> None:
    """Write all tables, some of them spoilt, each as some kind of file."""
    folder.mkdir()
    worse = set(chance.sample(sorted(tables), chance.randint(1, 4)))
    for name, rows in tables.items():
        if name not in worse:
            _csv(folder / f"{name}.csv", rows, Random(0))
            continue
        spoilt = [list(row) for row in rows]
        for _ in range(chance.choice((0, 1, 1, 2, 3, 8))):
            chance.choice(SPOILERS)(spoilt, chance)
        chance.choice((_csv, _csv, _csv, _xlsx, _jsonl))(folder / name, spoilt, chance)


def _cell(rows: Rows, chance: Random) -> None:
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = chance.choice(CELLS)


def _column(rows: Rows, chance: Random) -> None:
    """One column gets one kind of cell, as a format of a spreadsheet does it."""
    at, cell = chance.randrange(len(rows[0]) or 1), chance.choice(CELLS)
    for row in rows[1:]:
        if at < len(row) and chance.random() < 0.5:
            row[at] = cell


def _letters(rows: Rows, chance: Random) -> None:
    row = chance.choice(rows)
    if row:
        at = chance.randrange(len(row))
        row[at] = chance.choice(
            (str.upper, str.lower, str.swapcase, lambda text: f" {text} ", lambda text: f"'{text}")
        )(row[at])


def _double(rows: Rows, chance: Random) -> None:
    rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))


def _lose(rows: Rows, chance: Random) -> None:
    del rows[chance.randrange(len(rows)) :: chance.choice((1, 1, 2))]
    if not rows:
        rows.append([])


def _widths(rows: Rows, chance: Random) -> None:
    row = chance.choice(rows)
    if chance.random() < 0.5 or not row:
        row.append(chance.choice(CELLS))
    else:
        row.pop()


def _header(rows: Rows, chance: Random) -> None:
    if rows[0]:
        at = chance.randrange(len(rows[0]))
        rows[0][at] = chance.choice(
            (rows[0][at].title(), rows[0][at].replace("_", " "), "colour", "", rows[0][0], "pin", "verifier")
        )


def _swap(rows: Rows, chance: Random) -> None:
    one, other = chance.choice(rows), chance.choice(rows)
    if one and other:
        one[chance.randrange(len(one))] = other[chance.randrange(len(other))]


SPOILERS: tuple[Callable[[Rows, Random], None], ...] = (
    _cell, _cell, _cell, _column, _letters, _double, _lose, _widths, _header, _swap, _swap,
)  # fmt: skip


def _csv(path: Path, rows: Rows, chance: Random) -> None:
    """Text in some encoding, with some separator and line ends, and now and then damaged."""
    text = io.StringIO()
    delimiter, end = chance.choice(",,;\t|"), chance.choice(("\r\n", "\n", "\r"))
    is_quoted = chance.random() < 0.5
    quoting: Literal[0, 1] = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    first = f"sep={delimiter}{end}" if chance.random() < 0.1 else ""
    raw = bytearray((first + text.getvalue()).encode(chance.choice(ENCODINGS), "replace"))
    if chance.random() < 0.1 and raw:
        at = chance.randrange(len(raw))
        raw[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    path.with_suffix(".csv").write_bytes(raw)


def _xlsx(path: Path, rows: Rows, chance: Random) -> None:
    """A workbook that has taken texts for numbers, dates, formulas and errors."""
    with xlsxwriter.Workbook(path.with_suffix(".xlsx")) as workbook:
        sheet = workbook.add_worksheet(chance.choice((path.name, "Sheet1")))
        padded = workbook.add_format({"num_format": "00000"}) if chance.random() < 0.2 else None
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                _write(sheet, (number, column), text, chance if number else Random(0), padded)


def _write(sheet: Any, at: tuple[int, int], text: str, chance: Random, padded: Any) -> None:
    dice = chance.random()
    if dice < 0.1 and text.replace(".", "", 1).isdecimal() and text.isascii():
        sheet.write_number(*at, float(text), padded)
    elif dice > 0.99:
        sheet.write_datetime(*at, datetime.datetime(2026, 3, 1, tzinfo=None), padded)
    elif dice > 0.98:
        sheet.write_boolean(*at, chance.random() < 0.5)
    elif dice > 0.97:
        sheet.write_formula(*at, "=1/0", None, "#DIV/0!")
    else:
        sheet.write_string(*at, text)


def _jsonl(path: Path, rows: Rows, chance: Random) -> None:
    names = rows[0]
    lines = [json.dumps(dict(zip(names, (_typed(cell, chance) for cell in row), strict=False))) for row in rows[1:]]
    if lines and chance.random() < 0.1:
        lines[chance.randrange(len(lines))] = chance.choice(("", "{", "[1]", "null", '{"item": {"a": [1]}}'))
    path.with_suffix(".jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="replace")


def _typed(cell: str, chance: Random) -> Any:
    if chance.random() < 0.1:
        return chance.choice((None, True, 1, 4.00638e12, 0.1, [], ["a", 1], {}, 10**30, -0.0))
    return float(cell) if chance.random() < 0.05 and cell.isascii() and cell.isdigit() else cell
