"""A centre that histories of counts are told to, in a transaction that is rolled back, held against the model of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from scanner_app.domain.catalog import NO_LIMIT, DoubleCount, Item, Tolerance
from scanner_app.domain.catalog import Site as Site_
from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.state import Kept
from scanner_app.domain.counting.the_list import the_list
from scanner_app.domain.events.event import Event
from scanner_app.domain.ledger import ADJUSTMENT, StockKey, is_account
from scanner_app.domain.quantity import SCALE
from sync.central.audit.verification import verify
from sync.central.book.posting import instant_of
from sync.central.counting.claim_rows import kept_of
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.store import CentralStore
from sync.central.database.tables import KEY_NAMES, came_back, claims, count_closings, ledger, stock, words
from sync.central.events.sender import Sender
from sync.central.imports.run import import_folder
from sync.central.intake.apply import apply_batch
from sync.protocol import Answer
from tests.central.warehouse import VERIFIER
from tests.counting.floor import DAY_US, PERSONS, SITE, SUPERVISORS
from tests.counting.site import WAITING_REASONS, Site

RECEIVED_US = DAY_US + 24 * 3600 * 1_000_000


def _operators() -> str:
    rows = [
        f'{name},{name},b-{name},"{VERIFIER}",worker{" supervisor" if name in SUPERVISORS else ""},{person}\n'
        for name, person in PERSONS.items()
    ]
    return "operator,name,badge,verifier,roles,person\n" + "".join(rows)


SHEETS = {
    "sites": "site,name,zone\nW1,First warehouse,UTC\n",
    "owners": "owner,name,kind\nACME,Acme Ltd,supplier\n",
    "statuses": "status,name,blocking\nHOLD,On hold,true\n",
    "profiles": "profile,mixes_items\nBIN,true\n",
    "locations": "location,zone,walk_order,profile\nA,pick,1,BIN\nB,pick,2,BIN\nC,pick,3,BIN\n",
    "plates": "plate,location\nP1,A\nP2,A\n",
    "operators": _operators(),
    "reasons": "reason,en,direction,process,needs_approval\n"
    "lost,Lost,out,adjust,no\nfound,Found,in,adjust,no\nto_check,Check,hold,adjust,no\ngood,Good,release,adjust,no\n"
    + "".join(f"{name},{name},{direction},adjust,yes\n" for direction, name in WAITING_REASONS.items()),
    "limits": "limit,process,case_quantity,active\nnone,adjust,1,no\n",
}


ITEMS = {"NUT": "none", "BOLT": "none", "GLUE": "lot", "SAW": "serial"}


def import_floor(store: CentralStore, folder: Path) -> None:
    """Import the floor of the histories into an empty store."""
    folder.mkdir()
    items = [f"{item},{item},EA,{kind},0\n" for item, kind in ITEMS.items()]
    sheets = {**SHEETS, "items": "item,name,base_unit,tracking,decimals\n" + "".join(items)}
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    import_folder(store, folder, DAY_US)


class Rules(NamedTuple):
    """What a site says of counts: tolerances, costs of a piece, what a recount lets stand, what two persons count."""

    tolerances: Sequence[Tolerance] = ()
    costs: Mapping[str, int] = {}
    recount_value: int = NO_LIMIT
    doubles: Sequence[DoubleCount] = ()


@contextmanager
def rolled_back(store: CentralStore, rules: Rules) -> Iterator["Centre"]:
    """A centre with such rules, within a transaction of which nothing stays."""
    items, sites = (BY_STRUCT[struct].table for struct in (Item, Site_))
    with store.engine.connect() as connection:
        transaction = connection.begin()
        for rule in (*rules.tolerances, *rules.doubles):
            kind = BY_STRUCT[type(rule)]
            names = (*kind.fields, "site", "version")
            cells = dict(zip(names, (*msgspec.structs.astuple(rule), SITE, 0), strict=True))
            connection.execute(kind.table.insert().values(cells))
        for item, cost in rules.costs.items():
            connection.execute(items.update().where(items.c.item == item).values(cost=cost))
        connection.execute(sites.update().values(recount_value_max=rules.recount_value))
        yield Centre(connection)
        transaction.rollback()


class Centre:
    """The real applying code within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def push(self, events: Iterable[Event]) -> list[Answer]:
        """Apply events, each run of one device in a push of its own."""
        answers = []
        for device, run in _runs(events):
            payloads = [msgspec.json.encode(event) for event in run]
            answers += apply_batch(self.connection, Sender(SITE, device, 1), payloads, RECEIVED_US)
        return answers

    def kept(self) -> dict[str, Kept]:
        rows = self.connection.execute(select(claims).where(claims.c.is_alive.is_(True))).all()
        return {row.claim: kept_of(row) for row in rows}

    def stock(self) -> dict[StockKey, tuple[int, Instant | None]]:
        rows = self.connection.execute(
            select(*(stock.c[name] for name in KEY_NAMES), stock.c.quantity, stock.c.claimed)
        )
        return {StockKey(*row[:6]): (row.quantity, instant_of(row.claimed)) for row in rows}

    def pieces(self, key: StockKey) -> float:
        """How many pieces a key holds by the book."""
        return self.stock().get(key, (0, None))[0] / SCALE

    def listed(self) -> set[str]:
        return set(self.connection.execute(select(claims.c.claim).where(claims.c.is_listed.is_(True))).scalars())

    def speaking(self) -> dict[str, tuple[bool, int, int]]:
        rows = self.connection.execute(select(count_closings)).all()
        return {row.event: (bool(row.speaks), row.missing, row.waited) for row in rows}

    def came_back(self) -> dict[str, tuple[str, str, tuple[str, ...]]]:
        """To whom events came back last, as what, and why."""
        rows = self.connection.execute(select(came_back).order_by(came_back.c.number)).all()
        return {row.event: (row.operator, row.outcome, tuple(row.reasons.split())) for row in rows}

    def verdicts(self) -> list[str]:
        """Why each word is not valid, by their numbers; empty where it is."""
        return list(self.connection.execute(select(words.c.why).order_by(words.c.number)).scalars())

    def breaches(self) -> list[str]:
        return [str(breach) for breach in verify(_Within(self.connection))]  # type: ignore[arg-type]


class _Within:
    """A store whose only moment is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        yield self._connection


def _runs(events: Iterable[Event]) -> Iterator[tuple[str, list[Event]]]:
    run: list[Event] = []
    for event in events:
        if run and run[0].device != event.device:
            yield run[0].device, run
            run = []
        run.append(event)
    if run:
        yield run[0].device, run


def hold(centre: Centre, site: Site) -> None:
    """Hold what the centre keeps against the fold from scratch of the same facts and words."""
    kept = centre.kept()
    folded = {one.claim.id: one for one in site.folded.kept}
    wanted = {id: _bare(one) for id, one in folded.items() if not one.is_idle or id in kept}
    assert {id: _bare(one) for id, one in kept.items() if not one.is_idle or id in folded} == wanted
    booked = {key: quantity for key, (quantity, _claimed) in centre.stock().items() if not is_account(key.place)}
    assert _filled(booked) == _filled(site.folded.balances)
    closings = {one.closing.event: (not one.is_inert, one.missing, one.waited) for one in site.folded.closings}
    assert {event: told for event, told in centre.speaking().items() if event in closings} == closings
    _hold_list(centre, site)
    _hold_instants(centre)
    _hold_rows(centre)


def _bare(kept: Kept) -> Kept:
    """A claim without who identified it, which the centre has elsewhere."""
    return Kept(msgspec.structs.replace(kept.claim, others=frozenset()), kept.state)


def _filled(balances: Mapping[StockKey, int]) -> dict[StockKey, int]:
    return {key: held for key, held in balances.items() if held and not is_account(key.place)}


def _hold_list(centre: Centre, site: Site) -> None:
    wanted = {kept.claim.id for row in the_list(site.folded.kept) for kept in row.claims}
    assert centre.listed() == wanted


def _hold_instants(centre: Centre) -> None:
    """Each row of stock has the instant of the latest claim that stands of its key.

    A key of a serial that came later than the claim that it is elsewhere need not have that.
    """
    standing = [one for one in centre.kept().values() if one.state.stands]
    for key, (_quantity, claimed) in centre.stock().items():
        latest = max((one.claim.instant for one in standing if _speaks_of(one, key)), default=None)
        assert claimed == latest or (claimed is None and key.serial), key


def _speaks_of(kept: Kept, key: StockKey) -> bool:
    if kept.claim.key == key:
        return True
    same = (kept.claim.key.item, kept.claim.key.serial) == (key.item, key.serial)
    return kept.claim.is_serial and same and not is_account(key.place)


def _hold_rows(centre: Centre) -> None:
    """The rows of each cause sum to nothing, and those of a claim to what it adjusts."""
    causes: dict[str, int] = {}
    via: dict[str, int] = {}
    for row in centre.connection.execute(select(ledger)).all():
        causes[row.cause] = causes.get(row.cause, 0) + row.quantity
        if row.via.startswith("~") and row.place != ADJUSTMENT:
            via[row.via[1:]] = via.get(row.via[1:], 0) + row.quantity
    assert not any(causes.values())
    booked = {id: _adjusted(one) for id, one in centre.kept().items()}
    assert {id: quantity for id, quantity in via.items() if quantity} == {id: q for id, q in booked.items() if q}


def _adjusted(kept: Kept) -> int:
    return kept.state.adjustment + sum(part.adjustment for part in kept.state.parts)
