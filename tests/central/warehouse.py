"""A small warehouse in a real central store, and the events of its floor."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import msgspec

from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.ledger import Leg, StockKey, in_hand
from scanner_app.domain.quantity import SCALE
from sync.central.database.store import CentralStore, init_store
from sync.central.events.sender import Sender
from sync.central.imports.run import import_folder
from sync.central.intake.apply import apply_batch
from sync.protocol import Answer, Outcome

SITE = "W1"
NOW_US = 1_780_000_000_000_000
SENDER = Sender(SITE, "d1", 1)
OTHER = Sender(SITE, "d2", 1)

VERIFIER = f"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0${'A' * 43}"
"""The form of a hash, of no PIN that anybody knows."""
SHEETS = {
    "sites": "site,name,zone\nW1,First warehouse,Europe/Vienna\n",
    "owners": "owner,name,kind\nACME,Acme Ltd,supplier\n",
    "statuses": "status,name,blocking\nDAMAGED,Damaged,true\n",
    "profiles": "profile,mixes_items\nBIN,true\n",
    "locations": "location,zone,walk_order,profile,state\n"
    "A,pick,1,BIN,open\nB,pick,2,BIN,open\nC,pick,3,BIN,open\nBLOCKED,pick,4,BIN,blocked\nCLOSED,pick,5,BIN,closed\n",
    "items": "item,name,base_unit,tracking,decimals\nNUT,Nut,EA,none,1\nBOLT,Bolt,EA,none,0\nGLUE,Glue,EA,lot,0\n",
    "units": "item,unit,factor\nNUT,CS,12\n",
    "barcodes": "code,item,unit\n111,NUT,EA\n222,NUT,CS\n",
    "plates": "plate,location\nP1,A\n",
    "lots": "item,lot,expires\nGLUE,L1,2030-01-01\n",
    "operators": "operator,name,badge,verifier,roles\n"
    f'w1,Worker 1,b-w1,"{VERIFIER}",worker\n'
    f's1,Supervisor 1,b-s1,"{VERIFIER}",worker supervisor\n',
    "limits": "limit,process,case_quantity,active\nnone,adjust,1,no\n",
    "stock": "place,item,lot,serial,owner,status,quantity\nA,NUT,,,OWN,AVAILABLE,100\nB,NUT,,,OWN,AVAILABLE,50.5\n"
    "A,GLUE,L1,,OWN,AVAILABLE,7\n",
}


def write_sheets(folder: Path, **changed: str) -> Path:
    """Write the sheets as CSV files, some of them changed; an empty text leaves a file out."""
    folder.mkdir(exist_ok=True)
    for name, text in {**SHEETS, **changed}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        if not text:
            (folder / f"{name}.csv").unlink()
    return folder


def make_store(folder: Path) -> CentralStore:
    """Make a store with the small warehouse imported."""
    store = init_store(str(folder / "central.db"))
    import_folder(store, write_sheets(folder / "sheets"), NOW_US)
    return store


def fill(url: str, sheets: Path) -> None:
    """Make a store at ``url`` and import the small warehouse into it."""
    with closing(init_store(url)) as store:
        import_folder(store, write_sheets(sheets), NOW_US)


def key(place: str, item: str = "NUT", **identity: str) -> StockKey:
    return StockKey(place, item, **identity)


def move(
    source: str,
    target: str,
    pieces: int = 1,
    item: str = "NUT",
    *,
    at_us: int = NOW_US,
    by: str = "w1",
    **identity: str,
) -> Moved:
    """Stock taken at ``source``, carried by w1 (or somebody else) for a minute and put at ``target``."""
    hand = key(in_hand(by), item, **identity)
    taken = Leg(at_us, pieces * SCALE, key(source, item, **identity), hand)
    put = Leg(at_us + 60_000_000, pieces * SCALE, hand, key(target, item, **identity))
    return Moved((taken, put))


def adjusted(place: str, pieces: int = 1) -> Adjusted:
    return Adjusted((Leg(NOW_US, pieces * SCALE, key("@adjustment"), key(place)),), "found")


def event(sequence: int, fact: Fact, sender: Sender = SENDER, **changed: Any) -> Event:
    """Make an event of ``sender``, its id from its number unless given."""
    whole: dict[str, Any] = {
        "id": str(uuid5(UUID(int=0), f"{sender.device}/{sender.epoch}/{sequence}")),
        "device": sender.device,
        "epoch": sender.epoch,
        "sequence": sequence,
        "entry": sequence,
        "site": sender.site,
        "operator": "w1",
        "wall_us": NOW_US,
        "monotonic_us": 5,
        "boot": "boot",
        "program": "test",
        "fact": fact,
    }
    return Event(**{**whole, **changed})


def push(store: CentralStore, payloads: Iterable[Event | bytes], sender: Sender = SENDER) -> list[Answer]:
    """Apply one batch and return its answers."""
    batch = [one if isinstance(one, bytes) else msgspec.json.encode(one) for one in payloads]
    with store.writing() as connection:
        return apply_batch(connection, sender, batch, NOW_US)


def words(answers: Sequence[Answer]) -> list[tuple[Outcome, tuple[str, ...]]]:
    return [(answer.outcome, answer.reasons) for answer in answers]
