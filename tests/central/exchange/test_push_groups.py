"""Group commit: pushes that wait for each other share a transaction, and none of them suffers for another."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256

import msgspec
import pytest
from sqlalchemy import text

from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Push, Pushed, parted, push, push_apart
from sync.central.exchange.push_groups import (
    BESIDE_S,
    EVENTS_PER_GROUP_MAX,
    PART_MAX,
    SMALL_MAX,
    TURN_MAX,
    PushGroups,
)
from sync.central.sites.administration import invite
from sync.central.sites.enrolling import Enrolled, EnrolmentAsked, enrolled
from sync.protocol import ExchangeRequest, Outcome, SignedOn
from tests.central.warehouse import NOW_US, SITE, event, move

TOO_LARGE = 2**70


class Writer:
    """Writes to the store; the first group is held back until it is let go, so that others gather behind it."""

    def __init__(self, store: CentralStore) -> None:
        self._store = store
        self.go = asyncio.Event()
        self.groups: list[int] = []

    async def __call__(self, site: str, pushes: Sequence[Push]) -> list[Pushed]:
        self.groups.append(len(pushes))
        await self.go.wait()
        return await asyncio.to_thread(push, self._store, site, pushes)

    async def apart(self, one: Push) -> Pushed:
        self.groups.append(1)
        return await asyncio.to_thread(push_apart, self._store, one)


def pushed(number: int, events: int = 1, protocol: int = 1) -> Push:
    """A push of the device of that number: so many moves of one piece."""
    sender = Sender(SITE, f"d{number}", 1)
    made = [msgspec.Raw(msgspec.json.encode(event(n, move("A", "B"), sender))) for n in range(1, events + 1)]
    return Push(sender, ExchangeRequest(epoch=1, protocol=protocol, events=tuple(made)), NOW_US)


async def _behind_the_first(store: CentralStore, pushes: Sequence[Push]) -> tuple[list[int], list[Pushed | Exception]]:
    """Push all of them, the others while the first is being written; return the groups and what came of each."""
    writer = Writer(store)
    groups = PushGroups(writer, writer.apart)
    tasks = [asyncio.create_task(groups.pushed(pushes[0]))]
    while not writer.groups:
        await asyncio.sleep(0)
    tasks += [asyncio.create_task(groups.pushed(one)) for one in pushes[1:]]
    await asyncio.sleep(0)
    writer.go.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    return writer.groups, [one for one in found if not isinstance(one, BaseException) or isinstance(one, Exception)]


def test_pushes_that_wait_share_a_transaction(store: CentralStore) -> None:
    groups, found = asyncio.run(_behind_the_first(store, [pushed(number, events=2) for number in range(6)]))
    assert groups == [1, 5]
    versions = [one.answers[0].version for one in found if isinstance(one, Pushed)]
    assert len(versions) == 6
    assert len(set(versions[1:])) == 1
    assert all(answer.outcome is Outcome.POSTED for one in found if isinstance(one, Pushed) for answer in one.answers)


async def _order(pushes: Sequence[Push]) -> list[list[str]]:
    """The devices of each group, when all of the pushes but the first come while that is being written."""
    groups: list[list[str]] = []
    go = asyncio.Event()

    async def write(_site: str, group: Sequence[Push]) -> list[Pushed]:
        groups.append([one.sender.device for one in group])
        await go.wait()
        return [Pushed([], "", 0, "") for _ in group]

    async def apart(_one: Push) -> Pushed:
        raise AssertionError

    all_of_them = PushGroups(write, apart)
    tasks = [asyncio.create_task(all_of_them.pushed(one)) for one in pushes]
    for _ in range(3):
        await asyncio.sleep(0)
    go.set()
    await asyncio.gather(*tasks)
    return groups


def test_who_has_had_least_goes_first_and_the_small_beside_nothing_large() -> None:
    large = [pushed(1, events=SMALL_MAX + 1) for _ in range(4)]
    small = [pushed(number, events=SMALL_MAX) for number in (2, 2, 3)]
    assert asyncio.run(_order([*large, *small])) == [["d1"], ["d2", "d2", "d3"], ["d1"], ["d1"], ["d1"]]


def test_large_pushes_of_several_devices_take_turns() -> None:
    large = [pushed(number, events=SMALL_MAX + 1) for number in (1, 1, 1, 2, 2)]
    assert asyncio.run(_order(large)) == [["d1", "d2"], ["d1", "d2"], ["d1"]]


def test_a_group_has_a_bound(store: CentralStore) -> None:
    most = EVENTS_PER_GROUP_MAX // PART_MAX
    pushes = [pushed(number, events=PART_MAX) for number in range(2 * most + 2)]
    groups, _ = asyncio.run(_behind_the_first(store, pushes))
    assert groups == [1, most, most, 1]


def test_who_pushes_nothing_does_not_wait_for_those_who_do(store: CentralStore) -> None:
    groups, _ = asyncio.run(_behind_the_first(store, [pushed(n, events=n % 2) for n in range(8)]))
    assert groups == [1, 4, 3]


@pytest.mark.parametrize("bad", [1, 3])
def test_what_cannot_be_stored_is_nobody_elses_trouble(store: CentralStore, bad: int) -> None:
    pushes = [pushed(n, protocol=TOO_LARGE if n == bad else 1) for n in range(5)]
    groups, found = asyncio.run(_behind_the_first(store, pushes))
    assert groups == [1, 4, 1, 1, 1, 1]
    assert [isinstance(one, Pushed) for one in found] == [n != bad for n in range(5)]
    assert [one.answers[0].duplicate for one in found if isinstance(one, Pushed)] == [False] * 4


def test_what_a_server_has_no_room_for_is_nobody_elses_trouble(store: CentralStore) -> None:
    """An index of PostgreSQL's takes no name of eight thousand random bytes; SQLite's takes any."""
    endless = SignedOn("".join(sha256(bytes([number])).hexdigest() for number in range(256)), 1)
    code = invite(store, SITE, NOW_US)
    device = store.write(lambda connection: enrolled(connection, EnrolmentAsked(code=code, name="scanner"), NOW_US))
    assert isinstance(device, Enrolled)
    asked = msgspec.structs.replace(pushed(1).request, signed_on=endless)
    bad = Push(Sender(SITE, device.device, device.epoch), asked, NOW_US)
    groups, found = asyncio.run(_behind_the_first(store, [pushed(0), bad, pushed(2), pushed(3)]))
    is_bad = not store.is_embedded
    assert groups == [1, 3, *[1] * 3 * is_bad]
    assert [isinstance(one, Pushed) for one in found] == [True, not is_bad, True, True]


def test_one_event_of_two_devices_is_booked_once(store: CentralStore) -> None:
    twin = pushed(7)
    groups, found = asyncio.run(_behind_the_first(store, [pushed(1), twin, twin]))
    assert groups == [1, 2]
    assert [one.answers[0].duplicate for one in found if isinstance(one, Pushed)] == [False, False, True]


@contextmanager
def _refusing(store: CentralStore) -> Iterator[None]:
    """Have the database refuse for good what would leave more than 60 pieces at B: no bound of ours knows of that."""
    is_refused = "{0}place = 'B' AND {0}quantity > 60000000"
    moments = ("INSERT", "UPDATE") if store.is_embedded else ()
    with store.writing() as connection:
        if not store.is_embedded:
            connection.execute(text(f"ALTER TABLE stock ADD CONSTRAINT refuse CHECK (NOT ({is_refused.format('')}))"))
        for moment in moments:
            when = f"CREATE TRIGGER refuse_{moment} BEFORE {moment} ON stock WHEN {is_refused.format('new.')}"
            connection.execute(text(f"{when} BEGIN SELECT RAISE(ABORT, 'refused'); END"))
    yield
    with store.writing() as connection:
        if not store.is_embedded:
            connection.execute(text("ALTER TABLE stock DROP CONSTRAINT refuse"))


def test_what_the_database_refuses_for_good_is_held_and_the_rest_is_booked(store: CentralStore) -> None:
    """There are 50.5 at B: the third move makes them more than 60; where all are one statement, they all do."""
    sender = Sender(SITE, "d1", 1)
    moves = [move("A", "B", 1), move("A", "B", 8), move("A", "B", 2), move("B", "A", 1)]
    made = [event(n, moved, sender) for n, moved in enumerate(moves, 1)]
    events = tuple(msgspec.Raw(msgspec.json.encode(one)) for one in made)
    asked = Push(sender, ExchangeRequest(epoch=1, events=events), NOW_US)
    with _refusing(store):
        _groups, found = asyncio.run(_behind_the_first(store, [pushed(0, events=0), asked, asked]))
    told = [[(answer.outcome, answer.reasons) for answer in one.answers] for one in found if isinstance(one, Pushed)]
    posted = (Outcome.POSTED, ())
    assert told == [[], *[[posted, posted, (Outcome.HELD, ("not_bookable",)), posted]] * 2]


def test_a_large_push_goes_in_parts_where_others_push(store: CentralStore) -> None:
    """And what its device has told is believed only with the last of them."""
    large = pushed(1, events=2 * PART_MAX + 1)
    told = Push(large.sender, msgspec.structs.replace(large.request, watermark_us=NOW_US), NOW_US)
    first, rest = parted(told, PART_MAX)
    assert (len(first.request.events), first.is_begun) == (PART_MAX, True)
    assert rest is not None
    assert (len(rest.request.events), rest.is_begun) == (PART_MAX + 1, False)
    assert parted(rest, PART_MAX + 1) == (rest, None)
    groups, found = asyncio.run(_behind_the_first(store, [pushed(0), told, pushed(2)]))
    assert sum(groups) == 2 + -(-(2 * PART_MAX + 1) // TURN_MAX), (groups, found)
    assert [len(one.answers) for one in found if isinstance(one, Pushed)] == [1, 2 * PART_MAX + 1, 1]
    assert {answer.outcome for one in found if isinstance(one, Pushed) for answer in one.answers} == {Outcome.POSTED}


class _Hands:
    """Answers at once; notes whose group was of how many events, and when, by a clock that is set."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.sizes: list[tuple[str, int]] = []
        self._groups = PushGroups(self._write, self._apart)

    async def _write(self, _site: str, group: Sequence[Push]) -> list[Pushed]:
        self.sizes += [(one.sender.device, len(one.request.events)) for one in group]
        return [Pushed([], "", 0, "") for _ in group]

    async def _apart(self, _one: Push) -> Pushed:
        raise AssertionError

    async def push(self, number: int, events: int, after_s: float = 0.0) -> None:
        self.now_s += after_s
        await self._groups.pushed(pushed(number, events))


def test_a_large_push_is_whole_where_nobody_else_has_pushed_lately(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes while it is being written would wait for all of it, also where nobody waits when it begins."""
    large, whole = PART_MAX + 1, ("d1", PART_MAX + 1)
    parts = [("d1", PART_MAX), ("d1", 1)]

    async def all_of_it() -> list[tuple[str, int]]:
        hands = _Hands()
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: hands.now_s)
        await hands.push(1, large)
        await hands.push(1, large)
        await hands.push(2, SMALL_MAX + 1)
        await hands.push(1, large, after_s=BESIDE_S - 0.01)
        await hands.push(1, large, after_s=BESIDE_S)
        await hands.push(2, 0)
        await hands.push(1, large)
        return hands.sizes

    beside = ("d2", SMALL_MAX + 1)
    assert asyncio.run(all_of_it()) == [whole, whole, beside, *parts, whole, ("d2", 0), whole]


def test_a_large_push_goes_in_turns_where_somebody_has_just_pushed_something_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its own small ones are nobody else's."""
    large = SMALL_MAX + 1
    turns = [("d1", TURN_MAX)] * (large // TURN_MAX) + [("d1", large % TURN_MAX)]

    async def all_of_it() -> list[tuple[str, int]]:
        hands = _Hands()
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: hands.now_s)
        await hands.push(1, SMALL_MAX)
        await hands.push(1, large)
        await hands.push(2, SMALL_MAX, after_s=BESIDE_S)
        await hands.push(1, large, after_s=BESIDE_S - 0.01)
        await hands.push(1, large, after_s=BESIDE_S)
        return hands.sizes

    expected = [("d1", SMALL_MAX), ("d1", large), ("d2", SMALL_MAX), *turns, ("d1", large)]
    assert asyncio.run(all_of_it()) == expected


def test_large_pushes_take_a_turn_together_where_somebody_pushes_something_small() -> None:
    """However many devices do their worst, who pushes little waits for one turn and not for one of each."""
    large = [pushed(number, events=TURN_MAX + SMALL_MAX) for number in (1, 2, 3)]
    small, *turns = asyncio.run(_order([pushed(4), *large, pushed(5)]))
    assert small == ["d4", "d5"]
    assert sorted(turns) == [["d1"]] * 3 + [["d2"]] * 3 + [["d3"]] * 3
