"""Round trip: what the floor has made is exported and imported into an empty store, and both say the same.

A serial is moved from where it is: two of one serial are what the import refuses, so no floor here makes them.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scanner_app.domain.codes import PRINTED_LENGTH_MAX, code_fault, text_fault
from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.ledger import Leg, StockKey, in_hand, is_account
from scanner_app.domain.quantity import SCALE
from sync.central.audit.verification import verify
from sync.central.database.master_tables import IMPORTED
from sync.central.database.store import CentralStore, init_store, open_store
from sync.central.exports.lines import export_folder, export_lines
from sync.central.exports.listings import Selection
from sync.central.exports.workbooks import export_workbook
from sync.central.imports.run import Wish, run_import
from tests.central.warehouse import NOW_US, SITE, event, make_store, push
from tests.extent import LONG, extent

FLOORS = extent(4, 400)
PHASES = [phase for phase in Phase if phase is not Phase.shrink or LONG]
ITEMS = (
    "item,name,base_unit,tracking,decimals\nKILO,Kilo,KG,none,3\nDRILL,Drill,EA,serial,0\nPUMP,Pump,EA,lot_serial,0\n"
)
STEPS = {"NUT": SCALE // 10, "BOLT": SCALE, "GLUE": SCALE, "KILO": SCALE // 1000}
HAND = in_hand("w1")
_letters = st.characters(exclude_categories=["C", "Z"], include_characters=" ")
_printed = st.text(_letters, min_size=1, max_size=PRINTED_LENGTH_MAX).filter(lambda text: text_fault(text) is None)
_lots = st.sampled_from(["L1", ".L7", "'8", "=1"]) | _printed
_plates = _printed.filter(lambda text: code_fault(text, PRINTED_LENGTH_MAX) is None)
_places = st.sampled_from(["A", "B", "C", "BLOCKED", "P1", HAND])


@st.composite
def floors(draw: st.DrawFn) -> list[Fact]:
    """What a worker does, as the program lets him."""
    facts: list[Fact] = []
    at: dict[str, str] = {}
    plates = ["P1"]
    for number in range(draw(st.integers(1, 12))):
        act = draw(st.sampled_from(["move", "move", "serial", "find", "plate", "annul"]))
        if act == "serial":
            facts.append(_serial(draw, at))
        elif act == "plate":
            facts.append(_plate(draw, plates, number))
        elif act == "annul" and (undone := [at for at, fact in enumerate(facts, 1) if not _is_of_serial(fact)]):
            facts.append(Annulled(NOW_US, _id(draw(st.sampled_from(undone)))))
        else:
            facts.append(_loose(draw, found=act == "find"))
    return facts


def _id(number: int) -> str:
    return event(number, Annulled(NOW_US, "x")).id


def _is_of_serial(fact: Fact) -> bool:
    return any(leg.source.serial for leg in fact.legs)


def _loose(draw: st.DrawFn, *, found: bool) -> Fact:
    item = draw(st.sampled_from(sorted(STEPS)))
    source, target = draw(st.tuples(_places, _places).filter(lambda two: two[0] != two[1]))
    lot = draw(_lots) if item == "GLUE" else ""
    quantity = draw(st.integers(1, 3000)) * STEPS[item]
    if found:
        return Adjusted((_leg(quantity, "@adjustment", target, item, lot),), "found")
    return Moved((_leg(quantity, source, target, item, lot),))


def _serial(draw: st.DrawFn, at: dict[str, str]) -> Fact:
    item = draw(st.sampled_from(["DRILL", "PUMP"]))
    serial = draw(st.sampled_from(["S1", "S2"]) | _printed)
    source = at.get(f"{item} {serial}", "@adjustment")
    target = draw(_places.filter(lambda place: place != source))
    at[f"{item} {serial}"] = target
    leg = _leg(SCALE, source, target, item, "L1" if item == "PUMP" else "", serial)
    return Adjusted((leg,), "found") if is_account(source) else Moved((leg,))


def _plate(draw: st.DrawFn, plates: list[str], number: int) -> Fact:
    """A plate that is set down at a place or on one that was there before it, so that none carries itself."""
    name = draw(st.sampled_from(plates) | _plates.filter(lambda text: text not in ("A", "B", "C", "BLOCKED", "CLOSED")))
    below = plates[: plates.index(name)] if name in plates else list(plates)
    plates += [name] if name not in plates else []
    parent = draw(st.sampled_from(["", *below]))
    return PlateMoved(NOW_US + number, name, "" if parent else draw(st.sampled_from(["A", "B", "C"])), parent)


def _leg(quantity: int, source: str, target: str, *identity: str) -> Leg:
    return Leg(NOW_US, quantity, StockKey(source, *identity), StockKey(target, *identity))


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small warehouse, and an empty store."""
    folder = tmp_path_factory.mktemp("round")
    with closing(make_store(folder)) as store:
        (folder / "items.csv").write_text(ITEMS)
        run_import(store, folder / "items.csv", NOW_US, Wish(SITE))
    init_store(str(folder / "empty.db")).close()
    return folder / "central.db", folder / "empty.db"


@settings(max_examples=FLOORS, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck), print_blob=True)
@given(facts=floors(), form=st.sampled_from(["csv", "jsonl", "xlsx"]))
def test_what_the_floor_made_comes_through(templates: tuple[Path, Path], facts: list[Fact], form: str) -> None:
    with _copies(templates) as (folder, store, other):
        push(store, [event(number, fact, operator="s1") for number, fact in enumerate(facts, 1)])
        report = run_import(other, _exported(store, folder, form), NOW_US, Wish(SITE))
        assert [str(refusal) for refusal in report.refusals] == []
        before, after = _held(store), _held(other)
        short = {key: quantity for key, quantity in before["stock"].items() if quantity.startswith("-")}
        assert after == {**before, "stock": {key: one for key, one in before["stock"].items() if key not in short}}
        assert len([note for note in report.notes if note.reason.startswith("the book was ")]) == len(short)
        assert verify(other) == []


@contextmanager
def _copies(templates: tuple[Path, Path]) -> Iterator[tuple[Path, CentralStore, CentralStore]]:
    with TemporaryDirectory() as name:
        paths = [shutil.copy(one, Path(name) / one.name) for one in templates]
        with closing(open_store(str(paths[0]))) as store, closing(open_store(str(paths[1]))) as other:
            yield Path(name), store, other


def _exported(store: CentralStore, folder: Path, form: str) -> Path:
    wanted = [Selection(what, with_pins=True) for what in IMPORTED]
    if form == "xlsx":
        export_workbook(store, folder / "all.xlsx", wanted)
        return folder / "all.xlsx"
    export_folder(store, folder / "all", wanted, form)
    return folder / "all"


def _held(store: CentralStore) -> dict[str, Any]:
    """Master data without versions, and what is on hand by key, hands among them."""
    tables: dict[str, Any] = {}
    for what in IMPORTED:
        rows = [json.loads(line) for line in export_lines(store, Selection(what, with_pins=True), "jsonl")]
        tables[what] = sorted(json.dumps({**row, "version": 0}) for row in rows)
    stock = [json.loads(line) for line in export_lines(store, Selection("stock"), "jsonl")]
    tables["stock"] = {
        tuple(str(row[name]) for name in ("place", "item", "lot", "serial", "owner", "status")): str(row["quantity"])
        for row in stock
        if not is_account(row["place"])
    }
    return tables
