"""Workbook formats (number formats): whether a workbook shows numbers with zeros before them that they have not."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

STYLES_BYTES_MAX = 16 * 2**20
_STYLES = "xl/styles.xml"
_FORMAT = re.compile(rb"<numFmt [^>]*>")
_ID, _CODE = re.compile(rb'numFmtId="(\d+)"'), re.compile(rb'formatCode="([^"]*)"')
_USED = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)
_PADS = re.compile(rb"0[0 /\\-]*0(;.*)?")


def pads_numbers(path: Path) -> bool:
    """Say whether some cells of a workbook are formatted like ``00000``, which shows 42 as 00042."""
    try:
        with ZipFile(path) as packed, packed.open(_STYLES) as file:
            styles = file.read(STYLES_BYTES_MAX)
    except (BadZipFile, KeyError, OSError):
        return False
    padding = {_found(_ID, tag) for tag in _FORMAT.findall(styles) if _PADS.fullmatch(_found(_CODE, tag))}
    used = b"".join(_USED.findall(styles))
    return not padding.isdisjoint(_ID.findall(used))


def _found(pattern: re.Pattern[bytes], tag: bytes) -> bytes:
    match = pattern.search(tag)
    return match[1] if match else b""
