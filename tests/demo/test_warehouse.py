"""The demo warehouse as a whole: the same every time, and true to its own rules."""

import re
import time
from collections import Counter, defaultdict

import pytest
from argon2 import PasswordHasher

from scanner_app.demo.places import PALLET, PROFILES
from scanner_app.demo.scale import FULL, SMALL, Scale, parse_scale
from scanner_app.demo.warehouse import Warehouse, make_warehouse, rows
from scanner_app.domain.catalog import LocationState, Stock
from scanner_app.domain.people import PIN_DIGITS, Operator, Role
from scanner_app.domain.quantity import SCALE
from scanner_app.errors import ScannerError

SCALES = [SMALL, Scale(100, 300), Scale(100, 40_000), Scale(3_000, 20_000)]


@pytest.fixture(scope="module", params=SCALES, ids=str)
def warehouse(request: pytest.FixtureRequest) -> Warehouse:
    return make_warehouse(request.param)


def test_the_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    first, again, other = (list(rows(SMALL, seed, with_operators=False)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_the_small_one_has_three_hundred_locations_and_forty_plates() -> None:
    small = make_warehouse(SMALL)
    assert (len(small.locations), len(small.plates), len(small.goods)) == (300, 40, 800)


def test_names_of_locations_have_one_form_and_one_walk(warehouse: Warehouse) -> None:
    names = [location.location for location in warehouse.locations]
    codes = names + [location.label for location in warehouse.locations if location.label]
    assert all(re.fullmatch(r"[A-Z]-\d\d-\d\d-\d\d", name) for name in names)
    assert len(set(codes)) == len(codes)
    assert len({location.walk_order for location in warehouse.locations}) == len(names)
    states = Counter(location.state for location in warehouse.locations)
    assert (states[LocationState.BLOCKED], states[LocationState.CLOSED]) == (5, 1)


def test_every_stock_key_is_there_once_and_the_count_is_as_asked(warehouse: Warehouse) -> None:
    stock = list(warehouse.stock())
    keys = {(row.place, row.item, row.lot, row.serial, row.owner, row.status) for row in stock}
    assert len(stock) == len(keys) == warehouse.scale.stock_rows


def test_stock_obeys_the_rules_of_its_item(warehouse: Warehouse) -> None:
    goods = {good.item.item: good for good in warehouse.goods}
    serials: set[str] = set()
    for row in warehouse.stock():
        item, lots = goods[row.item].item, {lot.lot for lot in goods[row.item].lots}
        assert (row.lot in lots) if item.tracking.wants_lot else not row.lot
        assert bool(row.serial) == item.tracking.wants_serial
        assert row.serial not in serials
        assert not row.serial or row.quantity == SCALE
        assert row.quantity > 0
        assert row.quantity % (SCALE // 10**item.decimals) == 0
        serials |= {row.serial} - {""}


def test_stock_obeys_the_rules_of_its_place(warehouse: Warehouse) -> None:
    profiles = {profile.profile: profile for profile in PROFILES}
    locations = {location.location: location for location in warehouse.locations}
    plates = {plate.plate for plate in warehouse.plates}
    held: dict[str, list[Stock]] = defaultdict(list)
    for row in warehouse.stock():
        held[row.place].append(row)
    for place, lying in held.items():
        if place in plates:
            continue
        rule = profiles[locations[place].profile]
        assert not rule.plates_only
        assert locations[place].state is not LocationState.CLOSED
        assert rule.mixes_items or len({row.item for row in lying}) == 1
        assert rule.mixes_lots or all(len({r.lot for r in lying if r.item == row.item}) == 1 for row in lying)


def test_plates_stand_in_bulk_and_a_tote_goes_with_its_pallet(warehouse: Warehouse) -> None:
    profile = {location.location: location.profile for location in warehouse.locations}
    home = {plate.plate: plate.location for plate in warehouse.plates}
    assert len(home) == warehouse.scale.plates
    assert all(profile[place] == PALLET for place in home.values())
    assert all(home[plate.parent] == plate.location for plate in warehouse.plates if plate.parent)


def test_operators_of_each_role_sign_in_with_their_pins() -> None:
    people = make_warehouse(SMALL).operators
    known = {row.operator: row for row in rows(SMALL) if isinstance(row, Operator)}
    assert {role for person in people for role in person.roles} == set(Role)
    for person in people:
        assert re.fullmatch(rf"\d{{{PIN_DIGITS}}}", person.pin)
        assert known[person.operator].verifier.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PasswordHasher().verify(known[people[0].operator].verifier, people[0].pin)


def test_a_hundred_thousand_rows_are_made_in_seconds() -> None:
    started = time.monotonic()
    assert sum(isinstance(row, Stock) for row in rows(Scale(10_000, 100_000), with_operators=False)) == 100_000
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("text", "scale"), [("small", SMALL), ("full", FULL), ("100000/1000000", FULL), ("500/2000", Scale(500, 2_000))]
)
def test_a_scale_is_named_or_spelt_out(text: str, scale: Scale) -> None:
    assert parse_scale(text) == scale


@pytest.mark.parametrize("text", ["", "huge", "10", "10/", "-5/300", "99/900", "800/299", "800001/900", "٣٠٠/900"])
def test_other_scales_are_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ScannerError, match=r"scale: say small|has \d[\d,]+ to \d[\d,]+ (items|stock rows)"):
        parse_scale(text)
