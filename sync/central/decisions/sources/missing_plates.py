"""Missing plates: those that the register has at a place that was closed, and its count did not see."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import BigInteger, Connection, bindparam, cast, func, select

from scanner_app.domain.desk import marks
from scanner_app.domain.desk.case import Case, CaseKind, Opened
from scanner_app.domain.desk.opened_plate import OnPlate, OpenedPlate
from scanner_app.domain.desk.words_of import WORDS
from scanner_app.domain.events.decided import SubjectKind
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.task import MADE, Task
from sync.central.database.among import among
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.tables import missing_plates, stock
from sync.central.decisions.asker import Asker
from sync.central.decisions.complete_until import Completeness
from sync.central.decisions.sources.case_source import NONE, ZERO, CaseShown, CaseSource
from sync.central.decisions.sources.key_cases import ITEMS, worth
from sync.central.words.kept_words import said_on

GOODS_MAX = 10
"""So much of what is on a plate is shown."""
_tasks = BY_STRUCT[Task].table
_goods = stock.outerjoin(ITEMS, (ITEMS.c.site == stock.c.site) & (ITEMS.c.item == stock.c.item))
_GOODS_VALUE = (
    select(cast(func.sum(worth(stock.c.quantity)), BigInteger))
    .select_from(_goods)
    .where(stock.c.site == missing_plates.c.site, stock.c.place == missing_plates.c.plate)
    .correlate(missing_plates)
    .scalar_subquery()
)
_VALUE = func.coalesce(_GOODS_VALUE, 0)


def _completed(connection: Connection, asker: Asker, cases: Sequence[Case], _told: Completeness) -> list[Case]:
    """Whether somebody looks for it, and the number of the last word on it."""
    said = said_on(connection, asker.site, SubjectKind.PLATE, [case.id for case in cases])
    asked = {"site": asker.site, "names": [MADE + case.id for case in cases]}
    looking = {task.removeprefix(MADE) for task in connection.execute(_LOOKING, asked).scalars()}
    return [
        replace(
            case, seen=said[case.id][-1].number if case.id in said else 0, happened_us=case.since_us,
            marks=(marks.RECOUNT,) if case.id in looking else (),
        )
        for case in cases
    ]  # fmt: skip


def _opened(connection: Connection, asker: Asker, case: Case, _now_us: int) -> Opened:
    named = {"site": asker.site, "plate": case.id}
    row = connection.execute(_PLATE, named).one()
    goods = connection.execute(_ON_IT, named).all()
    look = connection.execute(_LOOK, {"site": asker.site, "task": MADE + case.id}).scalar() or 0
    plate = OpenedPlate(
        plate=case.id, place=row.place, since_us=row.since_us, closed_us=row.closed_us, operator=row.operator,
        goods=tuple(_on_plate(one) for one in goods), look_us=look,
    )  # fmt: skip
    return Opened(
        case=case, happened_us=row.closed_us, words=tuple(word.value for word in WORDS[case.kind]), plate=plate
    )


def _on_plate(row: Any) -> OnPlate:
    value = abs(row.quantity) * (row.cost or 0) // SCALE
    goods = {"item": row.item, "name": row.name or "", "unit": row.base_unit or "", "lot": row.lot}
    return OnPlate(**goods, serial=row.serial, quantity=row.quantity, value=value)


_of_plate = (stock.c.site == bindparam("site"), stock.c.place == bindparam("plate"), stock.c.quantity != 0)
_ON_IT = (
    select(stock.c.item, stock.c.lot, stock.c.serial, stock.c.quantity, ITEMS.c.name, ITEMS.c.base_unit, ITEMS.c.cost)
    .select_from(_goods)
    .where(*_of_plate)
    .order_by(worth(stock.c.quantity).desc(), stock.c.item)
    .limit(GOODS_MAX)
)
_PLATE = select(missing_plates).where(
    missing_plates.c.site == bindparam("site"), missing_plates.c.plate == bindparam("plate")
)
_LOOKING = select(_tasks.c.task).where(
    _tasks.c.site == bindparam("site"), _tasks.c.active.is_(True), among(_tasks.c.task, "names")
)
_LOOK = select(_tasks.c.since).where(
    _tasks.c.site == bindparam("site"), _tasks.c.active.is_(True), _tasks.c.task == bindparam("task")
)
MISSING_PLATES = CaseSource(
    CaseKind.MISSING_PLATE,
    CaseShown(
        missing_plates.c.plate,
        _VALUE,
        missing_plates.c.place,
        missing_plates.c.plate,
        ZERO,
        missing_plates.c.operator,
        missing_plates.c.device,
        NONE,
        missing_plates.c.closed_us,
        missing_plates.c.closing,
    ),
    (missing_plates.c.site == bindparam("site"),),
    _opened,
    complete=_completed,
    is_loss=True,
)
