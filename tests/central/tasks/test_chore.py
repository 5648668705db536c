"""The chore of a service: what is due at each site that has work becomes tasks while nobody asks for it."""

from contextlib import closing

import anyio

from scanner_app.domain.task import name_of
from scanner_app.domain.work.plan import Plan
from sync.central.database.store import CentralStore, open_store
from sync.central.exchange.threads import StoreThreads
from sync.central.service.tasks_chore import TasksChore
from sync.central.sites.calendar import set_days
from tests.central.tasks.floor import tasks_of
from tests.central.tasks.test_plans import plan
from tests.central.warehouse import SITE


def test_a_service_plans_by_itself(store: CentralStore) -> None:
    set_days(store, SITE, None, "mon tue wed thu fri sat sun")
    plan(store, Plan("cycle"))

    async def look() -> None:
        with closing(StoreThreads(open_store(store.engine.url.render_as_string(hide_password=False)))) as threads:
            await TasksChore(threads.sites_with_work, threads.tasks_looked_at).look()

    anyio.run(look)
    assert tasks_of(store, [name_of("A"), name_of("B")]).keys() == {name_of("A"), name_of("B")}
