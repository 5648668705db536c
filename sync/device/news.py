"""The long poll for news, in a thread of its own, so that a push never waits for it."""

import threading
from collections.abc import Callable
from typing import Protocol

from scanner_app.config import Sync
from scanner_app.errors import BusyError, LinkError, RefusedError
from sync.device.happenings import NewsLost, NewsRefused, Told
from sync.device.machine import news_backoff_of


class Listens(Protocol):
    """The half of a client that the long poll needs."""

    def news(self, after: int, wait_s: int) -> int: ...

    def abort(self) -> None: ...

    def close(self) -> None: ...


class NewsThread:
    """Asks for news from where ``follow`` says that the device stands, and hands what it hears to ``tell``."""

    def __init__(
        self,
        client: Listens,
        settings: Sync,
        chance: Callable[[], float],
        tell: Callable[[Told | NewsLost | NewsRefused], None],
    ) -> None:
        self._client = client
        self._settings = settings
        self._backoff = news_backoff_of(settings)
        self._chance = chance
        self._tell = tell
        self._changed = threading.Condition()
        self._after: int | None = None
        self._version = 0
        self._failures = 0
        self._asked_s = 0.0
        self._is_paused = False
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="news", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, wait_s: float) -> None:
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._client.abort()
        self._thread.join(wait_s)

    def follow(self, cursor: int | None) -> None:
        """Ask for news after ``cursor`` from now on; None while there is no link. Never blocks for long."""
        with self._changed:
            if cursor is None:
                self._is_paused, self._version = False, 0
            self._after = cursor
            self._changed.notify()

    def _run(self) -> None:
        try:
            while self._is_wanted():
                self._ask(self._after or 0)
        finally:
            self._client.close()

    def _is_wanted(self) -> bool:
        """Wait until there is something to ask: a link, no pause, and what was told last has been pulled."""
        with self._changed:
            if self._is_paused:
                self._changed.wait_for(lambda: self._is_stopping or not self._is_paused, self._pause_s())
                self._is_paused = False
            self._changed.wait_for(self._has_caught_up, self._settings.interval_s)
            self._changed.wait_for(lambda: self._is_stopping or self._after is not None)
            return not self._is_stopping

    def _has_caught_up(self) -> bool:
        return self._is_stopping or self._after is None or self._after >= self._version

    def _pause_s(self) -> float:
        return self._asked_s + self._backoff.pause_s(self._failures, self._chance())

    def _ask(self, after: int) -> None:
        try:
            version = self._client.news(after, self._settings.news_wait_s)
        except LinkError as error:
            self._failed(NewsLost(), error.pause_s if isinstance(error, BusyError) else 0.0)
        except RefusedError:
            self._failed(NewsRefused())
        else:
            self._failures, self._version = 0, version
            self._tell(Told(version))

    def _failed(self, happening: NewsLost | NewsRefused, asked_s: float = 0.0) -> None:
        self._failures, self._asked_s = self._failures + 1, asked_s
        with self._changed:
            self._is_paused = True
        if not self._is_stopping:
            self._tell(happening)
