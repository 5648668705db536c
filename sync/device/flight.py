"""Pipelining: a batch is under way while the answers to the one before are stored, so that both ends are at work.

Sending early is safe: an event is known by its id however often it was sent, and its answer counts only once stored.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from scanner_app.domain.clock import Stamp
from sync.device.failure import Rejected
from sync.protocol import ExchangeAnswer


class Landed(NamedTuple):
    """What came back, when its request was sent, and when it came."""

    answer: ExchangeAnswer | Rejected
    sent: Stamp
    received: Stamp


Launch = Callable[[Callable[[], Landed]], Callable[[], Landed]]
"""Begin to ask; what it returns waits for the answer, or raises what asking raised."""


def launched(ask: Callable[[], Landed]) -> Callable[[], Landed]:
    """Ask in a thread of its own. The client is nobody else's until the answer has been waited for."""
    future: Future[Landed] = Future()

    def fly() -> None:
        try:
            future.set_result(ask())
        except BaseException as error:  # noqa: BLE001  the thread's top: its trouble is raised where it is waited for
            future.set_exception(error)

    threading.Thread(target=fly, name="flight", daemon=True).start()
    return future.result
