"""Workbook faults: cells that show an error, and formulas that were never worked out; a reader takes both for empty."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

_CHUNK = 2**20
_OVERLAP = 2**13
"""More than a cell with a formula takes, so that none is missed between two chunks."""
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_HEAD_BYTES_MAX = 16 * 2**20
_TAG = re.compile(rb"<(?:\w+:)?(?:sheet|Relationship) [^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_ERROR = re.compile(rb'<c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")? t="e"')
_UNWORKED = re.compile(rb'<c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?><f[^>]*>[^<]*</f>(?:<v></v>|<v ?/>)?</c>')
_WORDS = (
    (_ERROR, "the spreadsheet shows an error in cell {}; mend it there"),
    (_UNWORKED, "the formula in cell {} was never worked out; open the workbook in a spreadsheet and save it"),
)


def workbook_fault(path: Path, sheet: str) -> str:
    """Say what is wrong with a cell of a sheet, as the end of a sentence; empty when nothing is."""
    with ZipFile(path) as packed:
        part = _part_of(packed, sheet.encode())
        return next(_faults(packed, part), "") if part in packed.namelist() else ""


def _part_of(packed: ZipFile, sheet: bytes) -> str:
    """The file within the workbook that holds a sheet."""
    relation = next((tag[b"r:id"] for tag in _tags(packed, _BOOK) if tag.get(b"name") == sheet and b"r:id" in tag), b"")
    target = next((tag[b"Target"] for tag in _tags(packed, _RELATIONS) if tag.get(b"Id") == relation), b"").decode()
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _tags(packed: ZipFile, part: str) -> list[dict[bytes, bytes]]:
    if part not in packed.namelist():
        return []
    with packed.open(part) as file:
        return [dict(_ATTRIBUTE.findall(tag)) for tag in _TAG.findall(file.read(_HEAD_BYTES_MAX))]


def _faults(packed: ZipFile, part: str) -> Iterator[str]:
    with packed.open(part) as file:
        before = b""
        while chunk := file.read(_CHUNK):
            text = before + chunk
            for pattern, words in _WORDS:
                if found := pattern.search(text):
                    yield words.format(found[1].decode())
            before = text[-_OVERLAP:]
