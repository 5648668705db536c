"""Shares of what is shared: room, connections and long polls; who takes more than a share harms nobody else."""

import asyncio
import resource
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from functools import partial

import pytest

from sync.central.database.store import CentralStore
from sync.central.exchange.news import Watch
from sync.central.exchange.threads import now_us
from sync.central.exchange.troubles import TroubleError
from sync.central.service.connections import FILES_KEPT, FILES_WANTED, Connections, room_for_connections
from sync.central.service.terms import MEGABYTE, Terms
from sync.central.service.waiting_line import COPIES, OVERDRAFT, SIZE_BYTES_MIN, STILL_S, Berth, WaitingLine
from sync.central.sites.administration import invite
from sync.central.sites.devices import senders_of
from tests.central.serving import Handheld, served
from tests.central.warehouse import SITE

MOST = 40


def test_a_newcomer_takes_the_place_of_the_oldest_that_has_asked_nothing() -> None:
    places = Connections(3)
    ended: list[str] = []
    assert all(places.enter(name, partial(ended.append, name)) for name in "abc")
    places.asked("a")
    assert places.enter("d", partial(ended.append, "d"))
    assert (ended, len(places)) == (["b"], 3)
    for name in "cd":
        places.asked(name)
    assert not places.enter("e", partial(ended.append, "e"))
    places.leave("a")
    assert places.enter("e", partial(ended.append, "e"))
    assert ended == ["b"]


@pytest.fixture
def hard() -> Iterator[int]:
    """How many files there can be; this process may have few as long as this lasts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1_000, soft), hard))
    yield FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("wanted", [0, 7])
def test_there_are_as_many_connections_as_the_system_gives(hard: int, wanted: int) -> None:
    assert room_for_connections(wanted) == (wanted or hard - FILES_KEPT)


def test_silent_connections_stop_nobody(store: CentralStore) -> None:
    with served(store, Terms(connections_max=MOST)) as address:
        host, port = address.removeprefix("http://").split(":")
        silent = [socket.create_connection((host, int(port)), timeout=10) for _ in range(2 * MOST)]
        device = Handheld(address, invite(store, SITE, now_us()), "d")
        assert device.http.get("/health").status_code == 200
        for line in silent:
            line.close()
        device.http.close()


async def _coming(line: WaitingLine, stack: AsyncExitStack, device: str, patience: asyncio.Timeout) -> Berth:
    place = await stack.enter_async_context(line.place(device))
    place.patience = patience
    return place


async def _let_go() -> tuple[bool, bool]:
    """Two bodies are coming in and take all that may be taken; which of them is let go for more?"""
    line = WaitingLine(MEGABYTE, 10, 4)
    async with AsyncExitStack() as stack:
        still, moving = asyncio.Timeout(None), asyncio.Timeout(None)
        one = await _coming(line, stack, "one", still)
        other = await _coming(line, stack, "other", moving)
        one.grow(OVERDRAFT * MEGABYTE // COPIES - SIZE_BYTES_MIN)
        with pytest.raises(TroubleError, match="more to do"):
            other.grow(MEGABYTE // COPIES)
        assert one.is_coming
        one.patience = None
        one.grown_s -= STILL_S
        with pytest.raises(TroubleError, match="more to do"):
            other.grow(MEGABYTE // COPIES)
        async with asyncio.timeout(None) as patience:
            one.patience = patience
            other.grow(MEGABYTE // COPIES)
            was_let_go = not one.is_coming
            patience.reschedule(None)
        return was_let_go, other.is_coming


def test_where_room_lacks_the_body_that_stands_still_is_let_go() -> None:
    assert asyncio.run(_let_go()) == (True, True)


async def _polls(count: int, device_max: int, sessions: int) -> list[int]:
    """Have a device wait so many times at once; which waits are over at once?"""

    async def versions() -> dict[str, int]:
        return {}

    watch = Watch(versions, device_max)
    watch.told("W", 1)
    polls = [asyncio.create_task(watch.past("W", 1, 30.0, "d", sessions)) for _ in range(count)]
    other = asyncio.create_task(watch.past("W", 1, 30.0, "e"))
    await asyncio.sleep(0.05)
    over = [number for number, poll in enumerate(polls) if poll.done()]
    assert not other.done()
    watch.told("W", 2)
    assert {await poll for poll in (*polls, other)} <= {1, 2}
    return over


@pytest.mark.parametrize(
    ("count", "sessions", "over"), [(4, 1, []), (5, 1, [0]), (7, 1, [0, 1, 2]), (8, 2, []), (9, 2, [0])]
)
def test_a_device_waits_for_news_a_few_times_at_once_for_each_session(
    count: int, sessions: int, over: list[int]
) -> None:
    assert asyncio.run(_polls(count, 4, sessions)) == over


@pytest.mark.parametrize(("sessions", "taken"), [(1, 4), (3, 12)])
def test_a_device_has_a_share_by_the_sessions_that_it_was_invited_with(
    store: CentralStore, sessions: int, taken: int
) -> None:
    with served(store, Terms(device_exchanges_max=4)) as address:
        device = Handheld(address, invite(store, SITE, now_us(), sessions=sessions), "d")
        sender = store.read(lambda connection: senders_of(connection, [device.enrolled.token]))[device.enrolled.token]
        device.http.close()
    assert sender.sessions == sessions
    assert asyncio.run(_entered(20, sender.sessions)) == taken


async def _entered(count: int, sessions: int) -> int:
    """How many of so many exchanges that a device begins at once are let in?"""
    line, entered = WaitingLine(32 * MEGABYTE, 10, 4), 0
    async with AsyncExitStack() as stack:
        for _ in range(count):
            with suppress(TroubleError):
                await stack.enter_async_context(line.place("d", sessions))
                entered += 1
        return entered
