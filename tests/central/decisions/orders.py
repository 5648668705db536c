"""Orders as somebody at a desk gives them: people whose PINs are known, and a new id for each order."""

from functools import cache
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from msgspec.structs import replace
from sqlalchemy import Connection, select

from scanner_app.domain.desk.asks import Order
from scanner_app.domain.desk.replies import Reply
from scanner_app.domain.people import Operator, Role
from sync.central.book.master_rows import write_master_rows
from sync.central.database.master_tables import BY_STRUCT, row_of
from sync.central.database.store import CentralStore
from tests.central.decisions.desks import asked
from tests.central.serving import Handheld
from tests.central.warehouse import SITE

PIN, OTHER_PIN = "739205", "550913"
_kind = BY_STRUCT[Operator]
_ids = count(1)


@cache
def verifier(pin: str) -> str:
    """As a device makes it; the cheapest that is taken."""
    return PasswordHasher(time_cost=1, memory_cost=7_168, parallelism=1).hash(pin)


def new_id() -> str:
    return f"order-{next(_ids)}"


def people(store: CentralStore, *operators: Operator) -> None:
    """Let these be people of the site."""
    with store.writing() as connection:
        write_master_rows(connection, _kind, SITE, [[one] for one in operators], lambda _written, _total: None)


def supervisor(operator: str, pin: str = PIN, **fields: Any) -> Operator:
    badge = f"badge-{operator}"
    return Operator(operator, operator, badge, verifier(pin), roles=(Role.SUPERVISOR,), **fields)


def worker(operator: str, pin: str = OTHER_PIN, **fields: Any) -> Operator:
    return replace(supervisor(operator, pin, **fields), roles=(Role.WORKER,))


def ordered(device: Handheld, order: Order, operator: str = "boss", pin: str = PIN) -> Reply:
    return asked(device, order, operator, pin=pin)


def known(store: CentralStore, operator: str) -> Operator:
    def look(connection: Connection) -> Any:
        columns = [_kind.table.c[name] for name in _kind.fields]
        whose = (_kind.table.c.site == SITE, _kind.table.c.operator == operator)
        return connection.execute(select(*columns).where(*whose)).one()

    found: Operator = row_of(_kind, tuple(store.read(look)))
    return found
