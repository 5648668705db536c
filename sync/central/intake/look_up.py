"""Look-up of all that a batch of events names, by one query whatever the size of the batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    literal_column,
    select,
    true,
    union_all,
)

from scanner_app.domain.bounds import QUANTITY_BELIEVED_MAX
from scanner_app.domain.catalog import (
    AVAILABLE,
    OWN,
    Item,
    Location,
    LocationState,
    Owner,
    Plate,
    Site,
    Status,
    Tracking,
)
from scanner_app.domain.events.law import Undone
from scanner_app.domain.item_rules import StockRules
from scanner_app.domain.ledger import is_virtual
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.people import Operator, Role
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.prepared import Prepared
from sync.central.database.tables import undos_early, undos_waiting
from sync.central.events.decode import Arrival
from sync.central.intake.known import Authority, Known
from sync.central.intake.targets import targets_of


@dataclass
class _Named:
    """What a batch names, and the quantity of all its legs together."""

    items: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)
    operators: set[str] = field(default_factory=set)
    annulled: set[str] = field(default_factory=set)
    ids: list[str] = field(default_factory=list)
    quantity: int = 0


class _Kind(IntEnum):
    """Which part of the look-up a row comes from."""

    ITEM = 0
    PLACE = 1
    PLATE = 2
    OWNER = 3
    STATUS = 4
    OPERATOR = 5
    SITE = 6
    LIMIT = 7
    WAITED = 8
    EARLY = 9


def known_of(connection: Connection, site: str, arrivals: Iterable[Arrival]) -> Known:
    """Look up what ``arrivals`` name, and what waits for them."""
    named = _named(arrivals)
    asked = {
        "items": list(named.items),
        "places": [name for name in named.places if not is_virtual(name)],
        "owners": list(named.owners - {OWN}),
        "statuses": list(named.statuses - {AVAILABLE}),
        "operators": list(named.operators),
        "limited": ["", *named.items],
        "ids": named.ids,
    }
    rows: list[list[_Row]] = [[] for _ in _Kind]
    found: Sequence[Any] = _LOOK_UP.run(connection, {"site": site, **asked}).all()
    for kind, *cells in found:
        rows[kind].append(_Row(*cells))
    known = _known(rows, named.annulled, targets_of(connection, site, named.annulled))
    is_covered = known.covers(named.places, named.items, named.owners, named.statuses)
    return replace(known, is_ordinary=is_covered and named.quantity <= QUANTITY_BELIEVED_MAX, quantity=named.quantity)


def _named(arrivals: Iterable[Arrival]) -> _Named:
    named = _Named()
    items, places, owners, statuses = named.items, named.places, named.owners, named.statuses
    for arrival in arrivals:
        named.operators.add(arrival.envelope.operator)
        named.ids.append(arrival.envelope.id)
        fact = arrival.fact
        if fact is None:
            continue
        items.update(fact.items)
        places.update(fact.places)
        if fact.undoes:
            named.annulled.add(fact.undoes)
        if line := fact.line:
            owners.add(line.key.owner)
            statuses.add(line.key.status)
            named.quantity += line.quantity
        for leg in fact.legs:
            source, target = leg.source, leg.target
            items.add(source.item)
            places.update((source.place, target.place))
            owners.update((source.owner, target.owner))
            statuses.update((source.status, target.status))
            named.quantity += leg.quantity
    return named


class _Row(NamedTuple):
    """What is found under a name, in the columns that all kinds share."""

    name: str
    word: str
    other: str
    flag: bool


def _known(rows: Sequence[Sequence[_Row]], annulled: set[str], targets: dict[str, Undone]) -> Known:
    """A name that a location and a plate share is the location's."""
    locations = {row.name: _state(row.word, row.flag) for row in rows[_Kind.PLACE]}
    plates = {row.name: _state(LocationState.OPEN, row.flag) for row in rows[_Kind.PLATE] if row.name not in locations}
    taken_away = tuple(word for row in rows[_Kind.SITE] for word in row.word.split())
    return Known(
        items={name: bool(is_active) for name, _, _, is_active in rows[_Kind.ITEM]},
        rules={name: _rules(tracking, other) for name, tracking, other, _ in rows[_Kind.ITEM]},
        base_units={name: other.partition(" ")[2] for name, _, other, _ in rows[_Kind.ITEM]},
        places=locations | plates,
        plates=plates.keys(),
        targets=targets,
        annulled=annulled,
        owners={OWN, *(row.name for row in rows[_Kind.OWNER])},
        statuses={AVAILABLE, *(row.name for row in rows[_Kind.STATUS])},
        operators={
            row.name: Authority(_roles(row.word), bool(row.flag), row.other, taken_away) for row in rows[_Kind.OPERATOR]
        },
        limited={row.word for row in rows[_Kind.LIMIT]},
        waited={row.name for row in rows[_Kind.WAITED]},
        early={row.name for row in rows[_Kind.EARLY]},
    )


@lru_cache(1_000)
def _rules(tracking: str, cell: str) -> StockRules:
    """What stock of an item must be; the cell has its decimals and its base unit."""
    return StockRules(Tracking(tracking), int(cell.partition(" ")[0]))


def _state(word: str, is_active: bool) -> LocationState:
    return LocationState(word) if is_active else LocationState.CLOSED


def _roles(words: str) -> tuple[Role, ...]:
    return tuple(map(Role, words.split()))


_NO_WORD: ColumnElement[str] = literal_column("''", Text)
_YES: ColumnElement[bool] = true()


def _part(
    kind: _Kind, name: Any, asked: str = "", *, word: Any = _NO_WORD, other: Any = _NO_WORD, flag: Any = _YES
) -> Select[Any]:
    """Rows of one kind in the columns that all kinds share: those whose ``name`` is among the words ``asked``."""
    cells = {"kind": literal_column(str(int(kind)), Integer), "name": name, "word": word, "other": other, "flag": flag}
    rows = select(*(cell.label(label) for label, cell in cells.items()))
    of_site = rows.where(name.table.c.site == bindparam("site"))
    return of_site.where(among(name, asked)) if asked else of_site


_items, _locations, _plates, _owners, _statuses, _operators, _sites, _limits = (
    BY_STRUCT[struct].table.c for struct in (Item, Location, Plate, Owner, Status, Operator, Site, Limit)
)
_waiting, _early = undos_waiting.c, undos_early.c
_LOOK_UP = Prepared(
    union_all(
        _part(
            _Kind.ITEM, _items.item, "items",
            word=_items.tracking, other=cast(_items.decimals, Text) + " " + _items.base_unit, flag=_items.active,
        ),
        _part(_Kind.PLACE, _locations.location, "places", word=_locations.state, flag=_locations.active),
        _part(_Kind.PLATE, _plates.plate, "places", flag=_plates.active),
        _part(_Kind.OWNER, _owners.owner, "owners"),
        _part(_Kind.STATUS, _statuses.status, "statuses"),
        _part(
            _Kind.OPERATOR, _operators.operator, "operators",
            word=_operators.roles, other=_operators.person, flag=_operators.active,
        ),
        _part(_Kind.SITE, _sites.site, word=_sites.taken_away),
        _part(_Kind.LIMIT, _limits.item, "limited", word=_limits.process).where(_limits.active.is_(True)),
        _part(_Kind.WAITED, _waiting.event, "ids"),
        _part(_Kind.EARLY, _early.event, "ids"),
    )
)  # fmt: skip
