"""Group commit: while one transaction of a site is under way, its next pushes gather, and share the next one.

A site's transactions follow each other anyhow, because each locks the same counter row. So a thousand devices that
come at once cost a few transactions and not a thousand. Those that push no event, and only say that they are there,
make groups of their own: they need not wait for the counter row. As long as pushes wait, devices that have had least go
first, and what is small goes with nothing large. Where others push at the same site what is large goes in parts, also
while nobody waits: who comes next would wait for all of it. So a device that sends without end is in its own way only.
When a group fails for what is in it, each of its pushes is tried alone, and of one that fails for good as many of
its events are held as cannot be helped.
"""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError

from scanner_app.errors import UnconfirmedError
from sync.central.database.retry import is_everybodys
from sync.central.exchange.exchange import Push, Pushed, joined, parted

EVENTS_PER_GROUP_MAX = 2_000
"""A group holds no more, or a single push."""
PUSHES_PER_GROUP_MAX = 200
PART_MAX = 100
"""Events of a large push that go at once, where others push beside it."""
TURN_MAX = 25
"""Events of large pushes that go at once, where others push something small: each of those waits for such a turn."""
BESIDE_S = 2.0
"""Who has pushed events at a site so lately will do so again."""
SMALL_MAX = 50
"""Events of a push that is small: it takes a hundredth of a second, and makes no group with what takes longer, be it a
part of something large."""
Write = Callable[[str, Sequence[Push]], Awaitable[list[Pushed]]]
"""Applies pushes of one site in one transaction; returns what came of each, in the same order."""
WriteApart = Callable[[Push], Awaitable[Pushed]]
"""Applies one push in as many transactions as it takes, and holds what cannot be applied."""


_Lane = tuple[str, bool]
"""A site, and whether the pushes hold events."""


class _Waiting(NamedTuple):
    """A push in line, or a part of one that ``is_large``."""

    push: Push
    answer: "asyncio.Future[Pushed]"
    is_large: bool

    @property
    def size(self) -> int:
        return len(self.push.request.events)


class _Lately:
    """When the device that pushed last at a site did so, and when the last other one did."""

    def __init__(self) -> None:
        self._device, self._at_s, self._other_s = "", -BESIDE_S, -BESIDE_S

    def note(self, device: str, now_s: float) -> None:
        if device != self._device:
            self._device, self._other_s = device, self._at_s
        self._at_s = now_s

    def has_other(self, device: str, now_s: float) -> bool:
        """Say whether another than a device has just pushed."""
        return now_s - (self._other_s if device == self._device else self._at_s) < BESIDE_S


class _Site:
    """Who has pushed there lately, and who of them something small."""

    def __init__(self) -> None:
        self._all, self._small = _Lately(), _Lately()

    def note(self, device: str, events: int, now_s: float) -> None:
        self._all.note(device, now_s)
        if events <= SMALL_MAX:
            self._small.note(device, now_s)

    def at_once(self, device: str, now_s: float) -> int:
        """So many events of a large push go at once."""
        if self._small.has_other(device, now_s):
            return TURN_MAX
        return PART_MAX if self._all.has_other(device, now_s) else EVENTS_PER_GROUP_MAX

    def group_max(self, now_s: float) -> int:
        """So many events of large pushes make a group."""
        return TURN_MAX if self._small.has_other("", now_s) else EVENTS_PER_GROUP_MAX


class PushGroups:
    """Belongs to one event loop. A site that nobody pushes to costs nothing."""

    def __init__(self, write: Write, write_apart: WriteApart) -> None:
        self._sites: defaultdict[str, _Site] = defaultdict(_Site)
        self._write = write
        self._write_apart = write_apart
        self._lanes: dict[_Lane, deque[_Waiting]] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    async def pushed(self, push: Push) -> Pushed:
        """Have a push applied, together with those that wait beside it."""
        device, events = push.sender.device, len(push.request.events)
        if events:
            self._sites[push.sender.site].note(device, events, _now_s())
        if events <= SMALL_MAX:
            return await self._queued(push, is_large=False)
        parts: list[Pushed] = []
        rest: Push | None = push
        while rest is not None:
            part, rest = parted(rest, self._sites[push.sender.site].at_once(device, _now_s()))
            parts.append(await self._queued(part, is_large=True))
        return joined(parts)

    async def _queued(self, push: Push, *, is_large: bool) -> Pushed:
        waiting = _Waiting(push, asyncio.get_running_loop().create_future(), is_large)
        lane = (push.sender.site, bool(push.request.events))
        if lane in self._lanes:
            self._lanes[lane].append(waiting)
        else:
            self._lanes[lane] = deque([waiting])
            task = asyncio.create_task(self._work_off(lane))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        return await waiting.answer

    async def _work_off(self, lane: _Lane) -> None:
        """Write one group after the other until nobody waits."""
        waiting, site = self._lanes[lane], lane[0]
        had: Counter[str] = Counter()
        while waiting:
            group = _taken(waiting, had, self._sites[site].group_max(_now_s()))
            try:
                await self._write_group(site, group)
            except UnconfirmedError as trouble:
                _fail(group, trouble)
            except Exception as error:  # noqa: BLE001  the named door of a group: who waits in it raises it again
                if isinstance(error, DBAPIError) and is_everybodys(error):
                    _fail(group, error)
                else:
                    await self._each(group)
        del self._lanes[lane]

    async def _each(self, group: Sequence[_Waiting]) -> None:
        """Find out for whom of a group the error was meant, and for which of its events."""
        for waiting in group:
            await self._apart(waiting)

    async def _apart(self, waiting: _Waiting) -> None:
        """Write a push alone, without what the database does not take."""
        try:
            pushed = await self._write_apart(waiting.push)
        except Exception as trouble:  # noqa: BLE001  the same door
            _fail([waiting], trouble)
        else:
            _answer(waiting, pushed)

    async def _write_group(self, site: str, group: Sequence[_Waiting]) -> None:
        """Write a group in one transaction and answer everybody who is still there."""
        results = await self._write(site, [waiting.push for waiting in group])
        for waiting, pushed in zip(group, results, strict=True):
            _answer(waiting, pushed)


def _answer(waiting: _Waiting, pushed: Pushed) -> None:
    if not waiting.answer.done():
        waiting.answer.set_result(pushed)


def _fail(group: Sequence[_Waiting], error: Exception) -> None:
    for waiting in group:
        if not waiting.answer.done():
            waiting.answer.set_exception(error)


def _taken(waiting: deque[_Waiting], had: Counter[str], large_max: int) -> list[_Waiting]:
    """Take what goes next, of devices that have had least and then the oldest: the small ones, or one large of each."""
    ordered = sorted(waiting, key=lambda one: had[one.push.sender.device])
    is_large = ordered[0].is_large
    events_max = large_max if is_large else EVENTS_PER_GROUP_MAX
    group: list[_Waiting] = []
    devices: set[str] = set()
    events = 0
    for one in ordered:
        device = one.push.sender.device
        if one.is_large is not is_large or (is_large and device in devices):
            continue
        if group and (events + one.size > events_max or len(group) == PUSHES_PER_GROUP_MAX):
            break
        group.append(one)
        devices.add(device)
        events += one.size
        had[device] += one.size
    taken = set(map(id, group))
    left = [one for one in waiting if id(one) not in taken]
    waiting.clear()
    waiting.extend(left)
    return group


def _now_s() -> float:
    return asyncio.get_running_loop().time()
