"""Admission control with Retry-After: exchanges find room or wait in line; those it cannot hold get an appointment.

An appointment is a time at which the centre expects to have worked off everybody before, so that a thousand devices
that come at once come back one after the other, and not all at once again.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sync.central.exchange.troubles import TroubleError

SIZE_BYTES_MIN = 128 * 1024
"""What the smallest exchange counts for: its page of rows takes room, too."""
WAIT_S_MAX = 20.0
APPOINTMENT_S_MAX = 60
_COPIES = 2
"""A body, and its events taken apart."""
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


class WaitingLine:
    """Belongs to one event loop. ``room_bytes`` is for all exchanges at work; ``waiting_max`` may wait for it."""

    def __init__(self, room_bytes: int, waiting_max: int) -> None:
        self._whole = self._free = room_bytes
        self._waiting_max = waiting_max
        self._queue: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._mean_s = 0.05
        self._appointments = Appointments()
        self.at_work = 0

    @property
    def waiting(self) -> int:
        return len(self._queue)

    @asynccontextmanager
    async def place(self, size_bytes: int) -> AsyncIterator[None]:
        """Have room for an exchange of that size, sooner or later.

        Raises:
            TroubleError: ``busy``, with the appointment.
        """
        taken = min(self._whole, max(SIZE_BYTES_MIN, _COPIES * size_bytes))
        await self._enter(taken)
        begun_s = time.monotonic()
        try:
            yield
        finally:
            self._mean_s += _SMOOTHING * (time.monotonic() - begun_s - self._mean_s)
            self._leave(taken)

    async def _enter(self, taken: int) -> None:
        if not self._queue and taken <= self._free:
            self._let_in(taken)
            return
        if len(self._queue) >= self._waiting_max:
            raise self._refused()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append((taken, turn))
        try:
            async with asyncio.timeout(WAIT_S_MAX):
                await turn
        except TimeoutError as late:
            self._give_up(taken, turn)
            raise self._refused() from late
        except asyncio.CancelledError:
            self._give_up(taken, turn)
            raise

    def _let_in(self, taken: int) -> None:
        self._free -= taken
        self.at_work += 1

    def _leave(self, taken: int) -> None:
        self._free += taken
        self.at_work -= 1
        self._call()

    def _call(self) -> None:
        """Let in whoever is first, as long as there is room."""
        while self._queue and self._queue[0][0] <= self._free:
            taken, turn = self._queue.popleft()
            if not turn.done():
                self._let_in(taken)
                turn.set_result(None)

    def _give_up(self, taken: int, turn: asyncio.Future[None]) -> None:
        """Leave the line; a place that was given in the same moment is given back."""
        if turn.done() and not turn.cancelled():
            self._leave(taken)
            return
        turn.cancel()
        self._queue = deque(place for place in self._queue if place[1] is not turn)
        self._call()

    def _refused(self) -> TroubleError:
        each_s = self._mean_s / max(1, self.at_work)
        return TroubleError("busy", self._appointments.pause_s(time.monotonic(), each_s, len(self._queue)))
