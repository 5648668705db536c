"""Hostile strings wherever data can come from: no byte of them steers the terminal, nothing ends or hangs."""

import csv
import json
import random
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner_app.errors import ImportRefusedError
from sync.central.database.store import init_store
from sync.central.imports.run import import_folder
from tests.central.warehouse import write_sheets
from tests.extent import SEED, extent
from tests.menu import LOOK_UP
from tests.screens.terminals import ROOT
from tests.torture.tools.hostile import PIECES, hostile, scan, strings
from tests.torture.tools.mirror import FIELDS
from tests.torture.tools.site import PATIENCE_S, Site
from tests.torture.tools.watched import Desk, Gallery, assert_clean_lines

PAGES = extent(60, 3_000)
LINE_PAGES = extent(60, 1_500)
EXAMPLES = extent(15, 600)
SCANS = extent(600, 25_000)
IMPORTS = extent(40, 500)
SIZES = ((40, 12), (20, 16), (80, 24), (26, 8))
GROUP = 50


@pytest.fixture(scope="module")
def gallery() -> Iterator[Gallery]:
    gallery = Gallery()
    yield gallery
    gallery.close()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_in_every_field_of_the_screen(width: int, height: int) -> None:
    texts = strings(SEED + width, PAGES // len(SIZES) * FIELDS)
    gallery = Gallery(width, height)
    try:
        for page in zip(*[texts] * FIELDS, strict=True):
            gallery.show(list(page))
    finally:
        gallery.close()


TEXT = st.one_of(st.text(st.characters(), max_size=60), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(st.lists(TEXT, min_size=FIELDS, max_size=FIELDS))
def test_whatever_hypothesis_finds(gallery: Gallery, texts: list[str]) -> None:
    gallery.show(texts)


def test_in_every_field_of_the_line_mode() -> None:
    texts = strings(SEED, LINE_PAGES * FIELDS)
    pages = [json.dumps(page) for page in zip(*[texts] * FIELDS, strict=True)]
    command = [sys.executable, "-m", "tests.torture.tools.mirror", "line"]
    given_ = "\n".join(pages).encode() + b"\n"
    done = subprocess.run(command, input=given_, capture_output=True, cwd=ROOT, timeout=PATIENCE_S * 5, check=True)
    assert_clean_lines(done.stdout)
    assert done.stdout.count(b"\n") >= len(pages) / 2
    assert not done.stderr


def test_as_scans_at_every_question(site: Site) -> None:
    """At the menu, in a look-up, at each question of a move, and while leaving; at times shown as they are typed."""
    chance = random.Random(SEED)
    desk = Desk(site.devices["one"])
    openings = ([".m"], [".m", LOOK_UP], [".m", "1"], [".m", "1", "P-01"], [".m", "1", "P-01", "111"], [".q"], [".i"])
    for number in range(SCANS // GROUP):
        opening = ["", ".k", *chance.choice(openings)]
        desk.terminal.write("".join(text + "\r" for text in opening).encode())
        scans = [scan(chance) for _ in range(GROUP)]
        desk.send(b"".join(one + chance.choice((b"\r", b"\n", b"\t")) for one in scans))
        if number % 10 == 0:
            desk.terminal.write(scan(chance))
            desk.read(0.08)
            desk.terminal.write(b"\r")
    desk.send(b".k\r.b\r.b\r.m\r")
    desk.read(0.3)
    assert desk.picture.row(1).startswith("What do you want to do?"), desk.picture
    assert not site.devices["one"].look("SELECT 1 FROM verdict WHERE outcome = 'broken'")
    desk.leave()


def test_the_import_lets_no_control_character_in(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    for number in range(IMPORTS):
        name = hostile(chance, 4).encode("utf-8", "ignore").decode()
        folder = write_sheets(tmp_path / "sheets")
        with (folder / "items.csv").open("a", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow([f"H{number}", name, "EA", "none"])
        database = tmp_path / f"{number}.db"
        refused = import_refused(database, folder)
        assert refused.replace("\n", "").isprintable(), ascii(refused)
        with closing(sqlite3.connect(database)) as central:
            names = "".join(row[0] for row in central.execute("SELECT name FROM items"))
        assert not any(unicodedata.category(one) in ("Cc", "Zl", "Zp") for one in names), ascii(name)
        database.unlink()


def import_refused(database: Path, folder: Path) -> str:
    """Why the folder was not imported into a new store; nothing if it was."""
    with closing(init_store(str(database))) as store:
        try:
            import_folder(store, folder, 1_800_000_000_000_000)
        except ImportRefusedError as refused:
            return str(refused)
    return ""
