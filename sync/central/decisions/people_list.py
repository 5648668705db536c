"""The list of people: a page of the operators of a site, where each is signed on and what is in whose hand."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.asks import ROWS_MAX, AskPeople
from scanner_app.domain.desk.replies import InHand, PeoplePage, PersonRow, SignedOnAt
from scanner_app.domain.ledger import hand_of, in_hand
from scanner_app.domain.people import SHIFT_US, Operator
from sync.central.database.master_tables import BY_STRUCT, row_of
from sync.central.database.tables import devices, signed_on, stock
from sync.central.decisions.asker import OPERATORS

IN_HAND_MAX = 50
"""Goods of one hand, the largest amounts first."""
_items = BY_STRUCT[Item].table


def people_page(connection: Connection, site: str, ask: AskPeople, now_us: int) -> PeoplePage:
    """Return a page of operators behind the number ``after``."""
    rows_max = max(1, min(ask.rows_max, ROWS_MAX))
    table = OPERATORS.table
    wanted = select(*(table.c[name] for name in OPERATORS.fields)).where(table.c.site == site)
    if ask.after:
        wanted = wanted.where(table.c.operator > ask.after)
    rows = connection.execute(wanted.order_by(table.c.operator).limit(rows_max + 1)).all()
    people: list[Operator] = [row_of(OPERATORS, tuple(row)) for row in rows[:rows_max]]
    names = [person.operator for person in people]
    places, goods = _places(connection, site, names, now_us), _goods(connection, site, names)
    page = tuple(_shown(person, places.get(person.operator, ()), goods.get(person.operator, ())) for person in people)
    return PeoplePage(people=page, after=people[-1].operator if len(rows) > rows_max else "", as_of_us=now_us)


def _shown(person: Operator, at: Sequence[SignedOnAt], goods: Sequence[InHand]) -> PersonRow:
    return PersonRow(
        operator=person.operator,
        name=person.name,
        person=person.who,
        roles=tuple(role.value for role in person.roles),
        is_active=person.active,
        at=tuple(at),
        in_hand=tuple(goods[:IN_HAND_MAX]),
    )


def _places(connection: Connection, site: str, names: Sequence[str], now_us: int) -> dict[str, list[SignedOnAt]]:
    """Where each is signed on, as far as the devices were heard within a shift."""
    columns = (signed_on.c.operator, devices.c.device, devices.c.name, signed_on.c.since_us, devices.c.pushed_us)
    there = (devices.c.site == signed_on.c.site) & (devices.c.device == signed_on.c.device)
    heard = (devices.c.revoked.is_(False), devices.c.pushed_us > now_us - SHIFT_US)
    wanted = select(*columns).join_from(signed_on, devices, there)
    wanted = wanted.where(signed_on.c.site == site, signed_on.c.operator.in_(names), *heard)
    places: dict[str, list[SignedOnAt]] = {}
    for operator, device, name, since_us, heard_us in connection.execute(wanted.order_by(devices.c.name)).all():
        at = SignedOnAt(device=device, name=name, since_us=since_us, heard_us=heard_us)
        places.setdefault(operator, []).append(at)
    return places


def _goods(connection: Connection, site: str, names: Sequence[str]) -> dict[str, list[InHand]]:
    """What the book has in each hand."""
    named = (_items.c.name, _items.c.base_unit, _items.c.decimals)
    known = stock.outerjoin(_items, (_items.c.site == stock.c.site) & (_items.c.item == stock.c.item))
    hands = (stock.c.site == site, stock.c.place.in_(list(map(in_hand, names))), stock.c.quantity != 0)
    wanted = select(stock, *(cell.label(f"of_{cell.name}") for cell in named)).select_from(known).where(*hands)
    goods: dict[str, list[InHand]] = {}
    for row in connection.execute(wanted.order_by(stock.c.quantity.desc(), stock.c.item)).all():
        goods.setdefault(hand_of(row.place), []).append(_held(row))
    return goods


def _held(row: Any) -> InHand:
    return InHand(
        item=row.item,
        name=row.of_name or "",
        quantity=row.quantity,
        unit=row.of_base_unit or "",
        decimals=row.of_decimals or 0,
        lot=row.lot,
        serial=row.serial,
        owner=row.owner,
        status=row.status,
    )
