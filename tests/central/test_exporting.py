"""Exports: plain decimals, whole events, and no formula in any cell."""

import csv
import json

import pytest

from scanner_app.errors import CentralError
from sync.central.exporting import EXPORTS, export_lines, safe_cell
from sync.central.store import CentralStore
from tests.central.warehouse import SITE, event, move, push


def _json(store: CentralStore, what: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in export_lines(store, what, "jsonl")]


def test_events_are_whole(store: CentralStore) -> None:
    one = event(1, move("A", "B"))
    push(store, [one])
    exported = _json(store, "events")[-1]
    assert (exported["id"], exported["outcome"], exported["reasons"]) == (one.id, "posted", [])
    assert isinstance(exported["event"], dict)
    assert exported["event"]["fact"]["kind"] == "moved"


def test_quantities_are_plain_decimals(store: CentralStore) -> None:
    stock = {(row["place"], row["item"]): row["quantity"] for row in _json(store, "stock")}
    assert stock[("B", "NUT")] == "50.5"
    assert stock[("@adjustment", "NUT")] == "-150.5"


def test_csv_reads_back(store: CentralStore) -> None:
    rows = list(csv.DictReader(export_lines(store, "ledger", "csv")))
    assert len(rows) == 6
    assert {row["place"] for row in rows} == {"'@adjustment", "A", "B"}
    assert {row["quantity"] for row in rows} == {"-100", "100", "-50.5", "50.5", "-7", "7"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_formulas_are_neutralised(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("what", EXPORTS)
def test_every_export_in_every_form(store: CentralStore, what: str) -> None:
    lines = list(export_lines(store, what, "csv"))
    assert len(lines) == 1 + len(_json(store, what)) > 1
    assert list(export_lines(store, what, "jsonl", site="elsewhere")) == []
    assert list(export_lines(store, what, "csv", site=SITE)) == lines


def test_unknown_exports_are_errors(store: CentralStore) -> None:
    with pytest.raises(CentralError, match="jsonl"):
        export_lines(store, "stock", "pdf")
