"""The places of the demo that are to be counted: an aisle of them, so that a counter is sent from one to the next."""

from itertools import islice

from scanner_app.demo.warehouse import Warehouse
from scanner_app.domain.catalog import LocationState
from sync.central.database.store import CentralStore
from sync.central.sites.calendar import calendar_of
from sync.central.tasks.planning import today_of
from sync.central.tasks.task_requests import Request, ask_for, end_of_day_us

PLACES = 12
PRIORITY = 1


def add_places_to_count(store: CentralStore, warehouse: Warehouse, site: str, now_us: int) -> None:
    """Have the first places with stock, in walk order, counted until the end of the day."""
    stocked = {row.place for row in warehouse.stock()}
    in_order = sorted(warehouse.locations, key=lambda one: (one.walk_order, one.location))
    open_ones = (one.location for one in in_order if one.state is LocationState.OPEN and one.location in stocked)
    today = today_of(store.read(lambda connection: calendar_of(connection, site)), now_us).day
    due_us = store.read(lambda connection: end_of_day_us(connection, site, today))
    ask_for(store, site, Request(tuple(islice(open_ones, PLACES)), priority=PRIORITY, due_us=due_us), now_us)
