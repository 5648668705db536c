"""Admission control with Retry-After: exchanges find room or wait in line; those it cannot hold get an appointment.

An appointment is a time at which the centre expects to have worked off everybody before, so that a thousand devices
that come at once come back one after the other, and not all at once again.

Room is taken for what has arrived, never for what somebody says will come. So a body that dribbles in takes hardly any,
and where room lacks the one that has stood still longest is let go. A device has a share: a few exchanges at once.
"""

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sync.central.exchange.troubles import TroubleError

SIZE_BYTES_MIN = 128 * 1024
"""What the smallest exchange counts for: its page of rows takes room, too."""
WAIT_S_MAX = 20.0
APPOINTMENT_S_MAX = 60
COPIES = 2
"""A body, and its events taken apart."""
OVERDRAFT = 2
"""Bodies that are coming in may take so many times the room; who is not in yet waits meanwhile."""
STILL_S = 1.0
"""A body of which nothing has come for so long stands still."""
_SMOOTHING = 0.2


class Appointments:
    """When those that were sent away are expected back, one after the other."""

    def __init__(self) -> None:
        self._last_s = 0.0

    def pause_s(self, now_s: float, each_s: float, before: int) -> int:
        """Give the next one: a pause in whole seconds, when an exchange takes ``each_s`` and ``before`` are in line."""
        earliest_s = max(self._last_s, now_s + each_s * before)
        self._last_s = min(earliest_s + each_s, now_s + APPOINTMENT_S_MAX)
        return max(1, math.ceil(self._last_s - now_s))


class Berth:
    """The room of one exchange. ``grow`` as its body comes in; ``patience`` is what is cut short when it is let go."""

    def __init__(self, line: "WaitingLine", device: str) -> None:
        self._line = line
        self.device = device
        self.taken = SIZE_BYTES_MIN
        self.grown_s = time.monotonic()
        self.patience: asyncio.Timeout | None = None

    @property
    def is_coming(self) -> bool:
        """Say whether its body is still coming in."""
        return self.patience is not None

    def grow(self, size_bytes: int) -> None:
        """Have room for a body of which so much is there.

        Raises:
            TroubleError: ``busy``, where there is none and nobody stands still.
        """
        self.grown_s = time.monotonic()
        self._line.grow(self, max(SIZE_BYTES_MIN, COPIES * size_bytes))

    def let_go(self) -> None:
        """Stop waiting for the rest of the body: its sender is told that it was too slow."""
        if self.patience is not None:
            self.patience.reschedule(asyncio.get_running_loop().time())
            self.patience = None


_Turn = asyncio.Future[None]


class WaitingLine:
    """Belongs to one event loop. ``room_bytes`` is for all exchanges at work; ``waiting_max`` may wait for it.

    A device has ``device_max`` exchanges at work or in line at once, for each of its sessions.
    """

    def __init__(self, room_bytes: int, waiting_max: int, device_max: int) -> None:
        self._whole = self._free = room_bytes
        self._waiting_max = waiting_max
        self._device_max = device_max
        self._devices: Counter[str] = Counter()
        self._places: set[Berth] = set()
        self._queue: deque[_Turn] = deque()
        self._mean_s = 0.05
        self._appointments = Appointments()

    @property
    def waiting(self) -> int:
        return len(self._queue)

    @property
    def at_work(self) -> int:
        return len(self._places)

    @asynccontextmanager
    async def place(self, device: str, sessions: int = 1) -> AsyncIterator[Berth]:
        """Have room for an exchange of a device, sooner or later.

        Raises:
            TroubleError: ``busy``, with the appointment; ``too_many_at_once``.
        """
        if self._devices[device] >= self._device_max * sessions:
            raise TroubleError("too_many_at_once")
        self._devices[device] += 1
        try:
            place = await self._entered(device)
            begun_s = time.monotonic()
            try:
                yield place
            finally:
                self._mean_s += _SMOOTHING * (time.monotonic() - begun_s - self._mean_s)
                self._leave(place)
        finally:
            self._devices[device] -= 1
            if not self._devices[device]:
                del self._devices[device]

    def grow(self, place: Berth, taken: int) -> None:
        """Let a place take more, or less; bodies that are coming in may take more than the whole room for a while.

        Raises:
            TroubleError: ``busy``.
        """
        while taken > place.taken and self._free + (OVERDRAFT - 1) * self._whole < taken - place.taken:
            if not self._let_one_go(place):
                raise self._refused()
        self._free += place.taken - taken
        place.taken = taken
        self._call()

    def _let_one_go(self, newcomer: Berth) -> bool:
        """Let go of whoever has stood still longest, if anybody does; what it took is free at once."""
        before_s = time.monotonic() - STILL_S
        others = (place for place in self._places if place.is_coming and place is not newcomer)
        longest = min(others, key=lambda place: place.grown_s, default=None)
        if longest is None or longest.grown_s > before_s:
            return False
        longest.let_go()
        self._free += longest.taken
        longest.taken = 0
        return True

    async def _entered(self, device: str) -> Berth:
        if self._queue or self._free < SIZE_BYTES_MIN:
            await self._turn()
        else:
            self._free -= SIZE_BYTES_MIN
        place = Berth(self, device)
        self._places.add(place)
        return place

    async def _turn(self) -> None:
        """Wait for room; it is taken when this returns."""
        if len(self._queue) >= self._waiting_max:
            raise self._refused()
        turn: _Turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout(WAIT_S_MAX):
                await turn
        except TimeoutError as late:
            self._give_up(turn)
            raise self._refused() from late
        except asyncio.CancelledError:
            self._give_up(turn)
            raise

    def _leave(self, place: Berth) -> None:
        self._places.discard(place)
        self._free += place.taken
        self._call()

    def _call(self) -> None:
        """Let in whoever is first, as long as there is room."""
        while self._queue and self._free >= SIZE_BYTES_MIN:
            turn = self._queue.popleft()
            if not turn.done():
                self._free -= SIZE_BYTES_MIN
                turn.set_result(None)

    def _give_up(self, turn: _Turn) -> None:
        """Leave the line; room that was given in the same moment is given back."""
        if turn.done() and not turn.cancelled():
            self._free += SIZE_BYTES_MIN
        else:
            turn.cancel()
            self._queue = deque(waiting for waiting in self._queue if waiting is not turn)
        self._call()

    def _refused(self) -> TroubleError:
        each_s = self._mean_s / max(1, self.at_work)
        return TroubleError("busy", self._appointments.pause_s(time.monotonic(), each_s, len(self._queue)))
