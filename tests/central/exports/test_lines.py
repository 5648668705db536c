"""Exports: plain decimals, whole events, and no formula in any cell."""

import csv
import json
from contextlib import closing
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scanner_app.errors import CentralError
from sync.central import exports
from sync.central.audit.verification import verify
from sync.central.database.master_tables import IMPORTED, MASTER_KINDS
from sync.central.database.store import CentralStore
from sync.central.exports.lines import export_folder, export_lines
from sync.central.exports.listing import Listing
from sync.central.exports.listings import LISTINGS, Selection
from sync.central.exports.workbooks import export_workbook
from sync.central.imports.formulas import safe_cell
from sync.central.imports.run import Wish, run_import
from tests.central.empty import empty_store
from tests.central.warehouse import NOW_US, SITE, event, move, push, words, write_sheets

EMPTY = (
    "devices",
    "tolerances",
    "double_counts",
    "limits",
    "tasks",
    "worklist",
    "plans",
    "claims",
    "adjustments",
    "accuracy",
    "counts",
    "variances",
)
"""What the small warehouse has none of before anybody counts there."""
MASTERS = {kind.file for kind in MASTER_KINDS}


def _json(store: CentralStore, what: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in export_lines(store, Selection(what), "jsonl")]


def test_events_are_whole(store: CentralStore) -> None:
    one = event(1, move("A", "B"))
    push(store, [one])
    exported = _json(store, "events")[-1]
    assert (exported["id"], exported["outcome"], exported["reasons"]) == (one.id, "posted", [])
    assert isinstance(exported["event"], dict)
    assert exported["event"]["fact"]["kind"] == "moved"


def test_the_day_on_a_label_is_stored_and_exported_as_it_was_told(store: CentralStore) -> None:
    told = event(1, replace(move("A", "B"), label_expires="2020-01-01"))
    assert words(push(store, [told])) == [("posted", ())]
    exported = _json(store, "events")[-1]["event"]
    assert isinstance(exported, dict)
    assert exported["fact"]["label_expires"] == "2020-01-01"
    assert verify(store) == []


def test_quantities_are_plain_decimals(store: CentralStore) -> None:
    stock = {(row["place"], row["item"]): row["quantity"] for row in _json(store, "stock")}
    assert stock[("B", "NUT")] == "50.5"
    assert stock[("@adjustment", "NUT")] == "-150.5"


def test_csv_reads_back(store: CentralStore) -> None:
    rows = list(csv.DictReader(export_lines(store, Selection("ledger"), "csv")))
    assert len(rows) == 6
    assert {row["place"] for row in rows} == {"'@adjustment", "A", "B"}
    assert {row["quantity"] for row in rows} == {"-100", "100", "-50.5", "50.5", "-7", "7"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_formulas_are_neutralised(text: str) -> None:
    assert safe_cell(text) == "'" + text


def test_every_listing_is_in_the_list() -> None:
    modules = [import_module(f"{exports.__name__}.{found.name}") for found in iter_modules(exports.__path__)]
    made = {id(value) for module in modules for value in vars(module).values() if type(value) is Listing}
    assert made == {id(listing) for what, listing in LISTINGS.items() if what not in MASTERS}


@pytest.mark.parametrize("what", LISTINGS)
def test_every_export_in_every_form(store: CentralStore, what: str) -> None:
    lines = list(export_lines(store, Selection(what), "csv"))
    assert len(lines) == 1 + len(_json(store, what)) > (what not in EMPTY)
    assert list(export_lines(store, Selection(what, "elsewhere"), "jsonl")) == []
    assert list(export_lines(store, Selection(what, SITE), "csv")) == lines


def test_unknown_exports_are_errors(store: CentralStore) -> None:
    with pytest.raises(CentralError, match="jsonl"):
        export_lines(store, Selection("stock"), "pdf")


def _held(store: CentralStore) -> dict[str, list[dict[str, Any]]]:
    """All that can be imported again, without the versions, which are the store's own."""
    lines = {what: export_lines(store, Selection(what, with_pins=True), "jsonl") for what in IMPORTED}
    return {what: [{**json.loads(line), "version": 0} for line in found] for what, found in lines.items()}


def _carry(store: CentralStore, target: CentralStore, folder: Path, form: str) -> None:
    """Export everything in a form, and import that into another store."""
    wanted = [Selection(what, with_pins=True) for what in IMPORTED]
    if form == "xlsx":
        export_workbook(store, folder / "all.xlsx", wanted)
    else:
        export_folder(store, folder / "all", wanted, form)
    report = run_import(target, folder / ("all.xlsx" if form == "xlsx" else "all"), NOW_US, Wish())
    assert report.refusals == ()


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_what_is_exported_is_imported_again(store: CentralStore, tmp_path: Path, form: str) -> None:
    with closing(empty_store(tmp_path / "other.db")) as other:
        _carry(store, other, tmp_path, form)
        assert _held(other) == _held(store)
        assert run_import(other, tmp_path / ("all.xlsx" if form == "xlsx" else "all"), NOW_US, Wish()).stock == 0


_texts = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=12).map(str.strip)
_codes = _texts.filter(lambda text: text and not text.upper().startswith(("@", ".", "CMD:")))
_MILLION = 10**12


@settings(max_examples=6, deadline=None)
@given(
    st.dictionaries(_codes, st.tuples(_texts, st.integers(0, 9 * _MILLION)), min_size=1, max_size=8),
    st.sampled_from(["csv", "jsonl", "xlsx"]),
)
def test_hostile_texts_and_odd_numbers_come_through(items: dict[str, tuple[str, int]], form: str) -> None:
    with TemporaryDirectory() as name, closing(empty_store(Path(name) / "a.db")) as store:
        folder = write_sheets(Path(name) / "sheets", units="", barcodes="", lots="", stock="", items="")
        with xlsxwriter.Workbook(folder / "items.xlsx", {"strings_to_formulas": False}) as workbook:
            sheet = workbook.add_worksheet()
            for at, row in enumerate([("item", "name", "base_unit", "cost"), *_rows(items)]):
                for column, text in enumerate(row):
                    sheet.write_string(at, column, text)
        assert run_import(store, folder, NOW_US, Wish()).refusals == ()
        with closing(empty_store(Path(name) / "b.db")) as other:
            _carry(store, other, Path(name), form)
            assert _held(other) == _held(store)


def _rows(items: dict[str, tuple[str, int]]) -> list[tuple[str, str, str, str]]:
    return [(item, text, "EA", f"{cost // 10**6}.{cost % 10**6:06}") for item, (text, cost) in items.items()]


def test_pins_stay_unless_they_are_asked_for(store: CentralStore) -> None:
    assert "verifier" not in _json(store, "operators")[0]
    assert "token_hash" not in next(iter(export_lines(store, Selection("devices"), "csv")))


def test_a_sheet_that_is_full_goes_on_in_the_next(store: CentralStore, tmp_path: Path) -> None:
    export_workbook(store, tmp_path / "all.xlsx", [Selection("locations")], rows_max=3)
    with closing(empty_store(tmp_path / "other.db")) as other:
        run_import(other, write_sheets(tmp_path / "sheets", locations="", plates="", stock=""), NOW_US, Wish())
        report = run_import(other, tmp_path / "all.xlsx", NOW_US, Wish(SITE))
    assert (report.refusals, report.counts["locations"].new) == ((), 5)


def test_a_workbook_has_no_room_for_events(store: CentralStore, tmp_path: Path) -> None:
    with pytest.raises(CentralError, match="events"):
        export_workbook(store, tmp_path / "x.xlsx", [Selection("events")])
