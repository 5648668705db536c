"""Second counts: what two persons count and one has so far, as tasks for somebody else; of counts of a batch."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.counting.claim import ClaimKind
from scanner_app.domain.counting.settle import is_alone
from scanner_app.domain.counting.state import Kept, Standing
from scanner_app.domain.task import COUNT, MADE, Task
from sync.central.book.task_rows import named_tasks
from sync.central.counting.claim_rows import goods_name, kept_of
from sync.central.database.among import among
from sync.central.database.tables import claims


def second_counts(connection: Connection, site: str, counts: Collection[str], who: Callable[[str], str]) -> list[Task]:
    """The tasks for what waits for its second count; those of claims that are gone, ended.

    It is asked for once, and once more where the second count never happened, or a count is closed anew.
    ``who`` says which person an operator is. A task says where, which item, and who is not to do it, and nothing of
    what the first has found.
    """
    rows = [*connection.execute(_CLAIMS, {"of_site": site, "counts": sorted(counts)})] if counts else []
    if not rows:
        return []
    again = sorted({row.recounts for row in rows if row.recounts and not row.is_alive})
    rows += connection.execute(_NAMED, {"of_site": site, "names": again}).all() if again else ()
    there = {task.task: task for task in named_tasks(connection, site, [MADE + row.claim for row in rows])}
    gone = [there[MADE + row.claim] for row in rows if not row.is_alive and MADE + row.claim in there]
    wanted = [one for name, one in awaited(connection, site, rows).items() if not _is_open(there.get(MADE + name))]
    others = _of_goods(connection, site, [one for one in wanted if MADE + one.claim.id in there])
    made = [_task(one, who) for one in wanted if not any(_is_counted_by(other, one) for other in others)]
    return made + [replace(task, active=False, holder="", until=0) for task in gone if task.active]


def _is_open(task: Task | None) -> bool:
    return task is not None and task.active


def awaited(connection: Connection, site: str, rows: Iterable[Any]) -> dict[str, Kept]:
    """Those of some claims that wait for their second count, by their ids.

    A closing cannot say what it recounts. Where somebody else has counted what waits before it, it is the second: else
    whoever was sent and found nothing would have the next one sent, and so on.
    """
    open_rows = [row for row in rows if row.is_alive and row.waits and row.two_from >= 0]
    found = {row.claim: kept for row in open_rows if _is_first(kept := kept_of(row))}
    closings = [one for one in found.values() if one.claim.kind is ClaimKind.CLOSING]
    before = [one for one in _of_goods(connection, site, closings) if _is_first(one)]
    seconds = {one.claim.id for one in closings if any(_is_counted_by(one, first) for first in before)}
    return {name: kept for name, kept in found.items() if name not in seconds}


def _is_first(kept: Kept) -> bool:
    """Say whether a claim recounts none, and nobody has said anything of it."""
    claim, state = kept
    is_open = state.standing is Standing.WAITING and not state.word and not claim.recounts
    return is_open and is_alone(claim, state)


def _is_counted_by(second: Kept, first: Kept) -> bool:
    """Say whether somebody else has counted the same before."""
    one, other = first.claim, second.claim
    return one.key == other.key and one.instant < other.instant and not (one.persons & other.persons)


def _of_goods(connection: Connection, site: str, claims: Sequence[Kept]) -> list[Kept]:
    """All that is claimed of the goods of some claims."""
    asked = {"of_site": site, "goods": sorted({goods_name(one.claim.key) for one in claims})}
    return [kept_of(row) for row in connection.execute(_OF_GOODS, asked)] if claims else []


def _task(kept: Kept, who: Callable[[str], str]) -> Task:
    claim = kept.claim
    not_by = who(claim.span.operator) if claim.span.operator else min(claim.persons)
    return Task(MADE + claim.id, COUNT, claim.key.place, claim.key.item, claim.instant.time_us, not_by)


_CLAIMS = select(claims).where(
    claims.c.site == bindparam("of_site"), claims.c.two_from >= 0, among(claims.c.count_id, "counts")
)
_NAMED = select(claims).where(claims.c.site == bindparam("of_site"), among(claims.c.claim, "names"))
_OF_GOODS = select(claims).where(
    claims.c.site == bindparam("of_site"), claims.c.is_alive.is_(True), among(claims.c.goods, "goods")
)
