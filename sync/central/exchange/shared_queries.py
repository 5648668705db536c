"""Request coalescing for queries: questions that come while others are being answered gather, and share the next query.

An answer is never older than its question: whoever comes too late for a query waits for the next.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

QUESTIONS_MAX = 1_000
"""Of one query."""
_Key = TypeVar("_Key")
_Answer = TypeVar("_Answer")


def _one_lane(_key: Any) -> Hashable:
    return None


class SharedQueries(Generic[_Key, _Answer]):
    """Belongs to one event loop; ``answers`` finds what is known of each of many keys.

    Keys of one ``lane`` share queries; one lane does not wait for another, nor fail with it.
    """

    def __init__(
        self,
        answers: Callable[[list[_Key]], Awaitable[Mapping[_Key, _Answer]]],
        lane: Callable[[_Key], Hashable] = _one_lane,
    ) -> None:
        self._answers = answers
        self._lane = lane
        self._waiting: dict[Hashable, dict[_Key, asyncio.Future[_Answer | None]]] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    async def ask(self, key: _Key) -> _Answer | None:
        """Return the answer, None when nothing is known of ``key``; what goes wrong with a query all of it hear."""
        lane = self._lane(key)
        if lane not in self._waiting:
            self._waiting[lane] = {}
            task = asyncio.create_task(self._work_off(lane))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        asked = self._waiting[lane].get(key)
        if asked is None:
            asked = self._waiting[lane][key] = asyncio.get_running_loop().create_future()
        return await asyncio.shield(asked)

    async def _work_off(self, lane: Hashable) -> None:
        waiting = self._waiting[lane]
        try:
            while waiting:
                await self._answer([(key, waiting.pop(key)) for key in list(waiting)[:QUESTIONS_MAX]])
        finally:
            del self._waiting[lane]

    async def _answer(self, asked: list[tuple[_Key, "asyncio.Future[_Answer | None]"]]) -> None:
        try:
            answers = await self._answers([key for key, _ in asked])
        except Exception as error:  # noqa: BLE001  the named door of a query: whoever asked raises it again
            for _, future in asked:
                future.set_exception(error)
            return
        for key, future in asked:
            future.set_result(answers.get(key))
