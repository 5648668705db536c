"""Imports: taken whole or not at all, refusals by file, row and column, and twice is once."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from scanner_app.domain.people import Operator
from scanner_app.errors import ImportRefusedError
from sync.central.audit.verification import verify
from sync.central.book.counters import site_version
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore, init_store
from sync.central.imports.run import Wish, import_folder, run_import
from sync.central.sites.store_status import status
from tests.central.warehouse import NOW_US, SHEETS, SITE, write_sheets


def _version(store: CentralStore) -> int:
    with store.reading() as connection:
        return site_version(connection, SITE)


def test_twice_is_once(store: CentralStore, tmp_path: Path) -> None:
    before = _version(store), status(store)
    imported = import_folder(store, write_sheets(tmp_path / "again"), NOW_US + 1)
    assert (imported.rows, imported.stock) == ({}, 0)
    assert (_version(store), status(store)) == before
    assert verify(store) == []


def test_only_what_changed_gets_a_version(store: CentralStore, tmp_path: Path) -> None:
    before = _version(store)
    changed = SHEETS["items"].replace("Bolt", "Long bolt")
    imported = import_folder(store, write_sheets(tmp_path / "again", items=changed), NOW_US)
    assert imported.rows == {"items": 1}
    assert _version(store) == before + 1


def test_stock_of_a_new_key_is_opened_later(store: CentralStore, tmp_path: Path) -> None:
    more = SHEETS["stock"] + "C,BOLT,,,OWN,AVAILABLE,3\n"
    assert import_folder(store, write_sheets(tmp_path / "again", stock=more), NOW_US).stock == 1
    assert import_folder(store, write_sheets(tmp_path / "again", stock=more), NOW_US).stock == 0
    assert verify(store) == []


@pytest.mark.parametrize(
    ("sheet", "text", "told"),
    [
        ("items", "item,name\nX,Y\n", "items.csv, row 1, column base_unit: this column is missing"),
        ("items", "item,name,base_unit,colour\nX,Y,EA,red\n", "row 1, column colour: this column is not known"),
        ("items", "item,name,base_unit\nX,Y\n", "items.csv, row 2: the row has 2 cells and the header 3"),
        ("items", "item,name,base_unit\n,Y,EA\n", "items.csv, row 2, column item: a code is missing"),
        ("items", "item,name,base_unit\n@X,Y,EA\n", "items.csv, row 2, column item: a code may not start"),
        ("items", "item,name,base_unit\n.X,Y,EA\n", "items.csv, row 2, column item: a code may not start"),
        ("items", "item,name,base_unit\nCMD:X,Y,EA\n", "items.csv, row 2, column item: a code may not start"),
        (
            "items",
            "item,name,base_unit\nX\x07Y,Y,EA\n",
            "items.csv, row 2, column item: the code has control characters",
        ),
        ("items", "item,name,base_unit,tracking\nX,Y,EA,all\n", "row 2, column tracking: this is none of none, lot"),
        ("items", "item,name,base_unit\nX,Y,EA\nX,Z,EA\n", "items.csv, row 3, column item: row 2 is the same item"),
        ("items", "item,name,base_unit,decimals\nX,Y,EA,7\n", "row 2, column decimals: an item has 0 to 6 decimals"),
        ("units", "item,unit,factor\nNOPE,CS,5\n", "units.csv, row 2, column item: there is no item NOPE"),
        (
            "locations",
            "location,zone,walk_order,profile,label\nL,p,1,BIN,A\n",
            "column label: A is the name of another location",
        ),
        (
            "operators",
            "operator,name,badge,pin\nw9,Worker 9,b-w1,246831\n",
            "column badge: operator w1 has this badge",
        ),
        ("barcodes", "code,item,unit\ncmd:undo,NUT,EA\n", "column code: a code may not start with"),
        ("units", "item,unit,factor\nNUT,CS,lots\n", "units.csv, row 2, column factor: this is no quantity"),
        ("barcodes", "code,item,unit\n1,NUT,BOX\n", "barcodes.csv, row 2, column unit: item NUT has no unit BOX"),
        ("plates", "plate,location\nA,A\n", "plates.csv, row 2, column plate: A is a location already"),
        ("operators", "operator,name,badge,pin\nw1,Worker 1,b,12345\n", "row 2, column pin: a PIN has 6 digits"),
        ("operators", "operator,name,badge,pin,roles\na,A,b,246831,boss\n", "row 2, column roles: a role is one of"),
        (
            "stock",
            "place,item,lot,serial,owner,status,quantity\nZ,NUT,,,OWN,AVAILABLE,1\n",
            "column place: there is no",
        ),
        ("stock", "place,item,lot,serial,owner,status,quantity\nA,NUT,,,OWN,AVAILABLE,99\n", "count it instead"),
        (
            "stock",
            "place,item,lot,serial,owner,status,quantity\nC,NUT,,,OWN,AVAILABLE,1\nC,NUT,,,OWN,AVAILABLE,1\n",
            "stock.csv, row 3, column place: row 2 is the same stock",
        ),
    ],
)
def test_refused(store: CentralStore, tmp_path: Path, sheet: str, text: str, told: str) -> None:
    before = _version(store)
    folder = write_sheets(tmp_path / "wrong", lots="item,lot\nGLUE,L9\n", **{sheet: text})
    with pytest.raises(ImportRefusedError) as refused:
        import_folder(store, folder, NOW_US)
    assert told in str(refused.value)
    assert _version(store) == before


def test_all_refusals_are_told_at_once(store: CentralStore, tmp_path: Path) -> None:
    folder = write_sheets(tmp_path / "wrong", units="item,unit,factor\nX,CS,5\nY,CS,0\n", lots="item,lot\n@,L\n")
    with pytest.raises(ImportRefusedError) as refused:
        import_folder(store, folder, NOW_US)
    assert len(str(refused.value).splitlines()) == 4


def test_a_file_that_is_not_text(store: CentralStore, tmp_path: Path) -> None:
    folder = write_sheets(tmp_path / "wrong")
    (folder / "items.csv").write_bytes(b"item,name,base_unit\n\x81,\x8d,EA\n")
    with pytest.raises(ImportRefusedError, match="not text of any known encoding"):
        import_folder(store, folder, NOW_US)


def test_a_site_has_to_be_named(store: CentralStore, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="which site"):
        import_folder(store, write_sheets(tmp_path / "no-site", sites=""), NOW_US)
    assert import_folder(store, write_sheets(tmp_path / "no-site", sites=""), NOW_US, site=SITE).rows == {}


def test_pins_are_hashed_once(empty_url: str, tmp_path: Path) -> None:
    store = init_store(empty_url)
    folder = write_sheets(tmp_path / "sheets", operators="operator,name,badge,pin\nw1,Worker 1,b,246831\n")
    import_folder(store, folder, NOW_US)
    before = _verifier(store)
    assert before.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PasswordHasher().verify(before, "246831")
    import_folder(store, folder, NOW_US)
    assert _verifier(store) == before
    folder = write_sheets(tmp_path / "sheets", operators="operator,name,badge,pin\nw1,Worker 1,b,310752\n")
    report = run_import(store, folder, NOW_US, Wish(SITE))
    assert (_verifier(store), [(note.row, note.column) for note in report.notes]) == (before, [(2, "pin")])
    assert run_import(store, folder, NOW_US, Wish(SITE, sets_pins=True)).notes == ()
    assert PasswordHasher().verify(_verifier(store), "310752")
    store.close()


def _verifier(store: CentralStore) -> str:
    with store.reading() as connection:
        return str(connection.execute(select(BY_STRUCT[Operator].table.c.verifier)).scalar_one())
