"""What pages tell to write into files is read by the program, and does what is said of it there."""

import os
from pathlib import Path

import pytest
import xlsxwriter

from scanner_app.config import load
from tests.central.warehouse import write_sheets
from tests.forks import run_scanner
from tests.pages.frames import frame


def written(tmp_path: Path, page: str, first: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(frame(page, first).text, encoding="utf-8")
    return path


def test_the_name_of_an_account_on_a_host(tmp_path: Path) -> None:
    assert load(written(tmp_path, "docs/ssh.md", "[device]"), os.environ, tmp_path).config.device.name == "gun01"


@pytest.mark.parametrize(("first", "names"), [("GUN-1", ["GUN-1", "SCALE-GATE"]), ("GUN-2", None), ("GATE", None)])
def test_the_scanners_beside_the_terminal(tmp_path: Path, first: str, names: list[str] | None) -> None:
    path = written(tmp_path, "docs/readers.md", f'[[reader]]\nname = "{first}"')
    readers = load(path, os.environ, tmp_path).config.all_readers
    assert readers[0].name == first
    assert names is None or [reader.name for reader in readers] == names


def test_the_address_of_a_cluster(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "docs/high-availability.md", "[central]"), os.environ, tmp_path)
    assert loaded.config.central.database.count("host=node") == 3


def test_a_map_of_other_peoples_columns(tmp_path: Path) -> None:
    """A workbook as the map has it, with a column that it does not name, and one that is not taken."""
    (tmp_path / "config.toml").write_text(f'[central]\ndatabase = "sqlite:///{tmp_path}/central.db"\n')
    (tmp_path / "map.toml").write_text(frame("docs/data.md", "[items]").text, encoding="utf-8")
    folder = write_sheets(tmp_path / "sheets", units="", barcodes="", stock="", lots="", items="")
    with xlsxwriter.Workbook(folder / "Artikel.xlsx") as book:
        sheet = book.add_worksheet("Stamm")
        for row, cells in enumerate((("ArtNr", "Bezeichnung", "Preis", "Farbe"), ("A-7", "Mutter", "0,12", "rot"))):
            sheet.write_row(row, 0, cells)
    for words in (["init"], ["import", str(folder), "--map", str(tmp_path / "map.toml")]):
        done = run_scanner(["--config", str(tmp_path / "config.toml"), "central", *words], timeout_s=60)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "items: 1 new" in done.stdout
