"""Second counts: what two persons count and one has so far, as tasks for somebody else; of counts of a batch."""

from collections.abc import Callable, Collection

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.counting.settle import is_alone
from scanner_app.domain.counting.state import Kept, Standing
from scanner_app.domain.task import COUNT, MADE, Task
from sync.central.book.task_rows import named_tasks
from sync.central.counting.claim_rows import kept_of
from sync.central.database.among import among
from sync.central.database.tables import claims


def second_counts(connection: Connection, site: str, counts: Collection[str], who: Callable[[str], str]) -> list[Task]:
    """The tasks for what waits for its second count and was not asked for yet; those of claims that are gone, ended.

    ``who`` says which person an operator is. A task says where, which item, and who is not to do it, and nothing of
    what the first has found.
    """
    rows = connection.execute(_CLAIMS, {"of_site": site, "counts": sorted(counts)}).all() if counts else []
    if not rows:
        return []
    there = {task.task: task for task in named_tasks(connection, site, [MADE + row.claim for row in rows])}
    wanted = [kept_of(row) for row in rows if row.is_alive and row.waits and MADE + row.claim not in there]
    gone = [there[MADE + row.claim] for row in rows if not row.is_alive and MADE + row.claim in there]
    made = [_task(one, who) for one in wanted if waits_for_second(one)]
    return made + [replace(task, active=False, holder="", until=0) for task in gone if task.active]


def waits_for_second(kept: Kept) -> bool:
    """Say whether a claim is the first of two counts, and nobody has said anything of it."""
    claim, state = kept
    is_open = state.standing is Standing.WAITING and not state.word and not claim.recounts
    return is_open and is_alone(claim, state)


def _task(kept: Kept, who: Callable[[str], str]) -> Task:
    claim = kept.claim
    not_by = who(claim.span.operator) if claim.span.operator else min(claim.persons)
    return Task(MADE + claim.id, COUNT, claim.key.place, claim.key.item, claim.instant.time_us, not_by)


_CLAIMS = select(claims).where(
    claims.c.site == bindparam("of_site"), claims.c.two_from >= 0, among(claims.c.count_id, "counts")
)
