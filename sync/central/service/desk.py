"""The desk of the service: questions are read from the store; an order is carried out once its author's PIN was right.

A PIN is checked on threads of its own, a few: it costs time by design, and others wait in line for it.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from scanner_app.domain.desk.asks import DeskRequest
from scanner_app.domain.desk.replies import Refused, Reply, Why
from sync.central.decisions.desk import answered
from sync.central.decisions.orders.desk_orders import Attempt, Ordered, attempt, carried_out_by_pin, refused_pin
from sync.central.decisions.orders.kinds import ORDERS
from sync.central.decisions.pin_check import is_pin_of
from sync.central.events.sender import Sender
from sync.central.exchange.threads import StoreThreads, now_us

PINS_AT_ONCE_MAX = 2


class DeskService:
    """Belongs to one event loop, as the threads of the store do."""

    def __init__(self, threads: StoreThreads) -> None:
        self._threads = threads
        self._pins = ThreadPoolExecutor(PINS_AT_ONCE_MAX, "central-pins")

    async def reply(self, sender: Sender, asked: DeskRequest, *, is_safe: bool) -> Reply:
        """Answer what is asked, or carry out what is ordered."""
        if type(asked.ask) not in ORDERS:
            return await self._threads.read(
                lambda connection: answered(connection, sender, asked.operator, asked.ask, now_us())
            )
        if not is_safe:
            return Refused(why=Why.NOT_SAFE)
        return await self._ordered(Ordered(sender, asked.operator, asked.ask), asked.pin)  # type: ignore[arg-type]

    async def _ordered(self, ordered: Ordered, pin: str) -> Reply:
        shown = await self._threads.write(lambda connection: attempt(connection, ordered, now_us()))
        if not isinstance(shown, Attempt):
            return shown
        if not await self._is_right(shown.verifier, pin):
            return await self._threads.read(lambda connection: refused_pin(connection, ordered, now_us()))
        return await self._threads.write(lambda connection: carried_out_by_pin(connection, ordered, shown, now_us()))

    async def _is_right(self, verifier: str, pin: str) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._pins, is_pin_of, verifier, pin)

    def close(self) -> None:
        self._pins.shutdown()
