"""Request coalescing for queries: questions that come while others are being answered gather, and share the next query.

An answer is never older than its question: whoever comes too late for a query waits for the next.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar

QUESTIONS_MAX = 1_000
"""Of one query."""
_Key = TypeVar("_Key")
_Answer = TypeVar("_Answer")


class SharedQueries(Generic[_Key, _Answer]):
    """Belongs to one event loop; ``answers`` finds what is known of each of many keys."""

    def __init__(self, answers: Callable[[list[_Key]], Awaitable[Mapping[_Key, _Answer]]]) -> None:
        self._answers = answers
        self._waiting: dict[_Key, asyncio.Future[_Answer | None]] = {}
        self._task: asyncio.Task[None] | None = None

    async def ask(self, key: _Key) -> _Answer | None:
        """Return the answer, None when nothing is known of ``key``; what goes wrong with a query all of it hear."""
        asked = self._waiting.get(key)
        if asked is None:
            asked = self._waiting[key] = asyncio.get_running_loop().create_future()
        if self._task is None:
            self._task = asyncio.create_task(self._work_off())
        return await asyncio.shield(asked)

    async def _work_off(self) -> None:
        try:
            while self._waiting:
                await self._answer([(key, self._waiting.pop(key)) for key in list(self._waiting)[:QUESTIONS_MAX]])
        finally:
            self._task = None

    async def _answer(self, asked: list[tuple[_Key, "asyncio.Future[_Answer | None]"]]) -> None:
        try:
            answers = await self._answers([key for key, _ in asked])
        except Exception as error:  # noqa: BLE001  the named door of a query: whoever asked raises it again
            for _, future in asked:
                future.set_exception(error)
            return
        for key, future in asked:
            future.set_result(answers.get(key))
