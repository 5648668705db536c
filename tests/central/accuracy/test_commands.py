"""How true the book is, as a command tells it, and as the service keeps it: behind the floor, by itself."""

import asyncio

import pytest

from sync.central.accuracy.making import behind, catch_up
from sync.central.database.store import CentralStore
from sync.central.exchange.threads import StoreThreads
from sync.central.service.chore import FIGURES, Chore
from tests.central.claims import Centre, closed, line
from tests.central.commands.test_desk import Shell, shell
from tests.central.warehouse import SITE

__all__ = ["shell"]


@pytest.fixture
def counted(store: CentralStore) -> Centre:
    centre = Centre(store)
    centre.count(line("c1", 90))
    centre.count(closed("c1", lines=1))
    return centre


def test_the_command_tells_every_figure_with_what_it_is_made_of(counted: Centre, shell: Shell) -> None:
    del counted
    for more in ((), ("--anew",)):
        said = shell.run("accuracy", "--site", SITE, "--period", "2026", "--by", "counter", *more)
        assert said.splitlines()[0] == "2026: 2 lines counted"
        assert "(0 of 2) of the lines counted agree with the book" in said
        assert "by value: 1 - the differences whichever way / what the book had" in said
        assert "w1: 0.00 % of 2 lines agree, -34 net" in said
    assert "2025: 0 lines counted" in shell.run("accuracy", "--site", SITE, "--period", "2025")


def test_the_command_says_how_to_write_what_it_does_not_understand(counted: Centre, shell: Shell) -> None:
    del counted
    assert "Write a period like 2026-10" in shell.run("accuracy", "--site", SITE, "--period", "soon", code=2)
    assert "There is no site X." in shell.run("accuracy", "--site", "X", code=1)


def test_the_service_makes_them_while_the_site_is_calm(counted: Centre, store: CentralStore) -> None:
    catch_up(store, SITE)
    desk = StoreThreads(store)
    making = Chore(desk.unfigured, desk.figured, FIGURES)

    async def looks() -> list[dict[str, int]]:
        counted.count(line("c2", 1, "B"))
        await making.look()
        first = await desk.unfigured()
        await making.look()
        return [first, await desk.unfigured()]

    assert asyncio.run(looks()) == [{SITE: 1}, {}]
    assert behind(store) == {}
