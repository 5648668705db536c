"""Pre-fork workers: processes that serve one database on one listening socket, and the process that minds them.

The minder serves nothing. It starts a worker again that ends by itself, hands SIGTERM and SIGINT on to all of them, and
waits until they have finished what they are at. A worker whose minder is gone, however that went, stops as well.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any, NoReturn

from sync.central.service import logbook

END_S_MAX = 20
"""Longer than a worker takes to end in good order; then it is killed."""
RESTART_PAUSE_S = 1.0

_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)

Work = Callable[[int], None]
"""Serves until the process is asked to stop; it is given the number of the worker, from 0 on."""


class Minder:
    """Runs ``work`` in ``number`` processes made by a fork; nothing that must not be shared may be open then."""

    def __init__(self, number: int, work: Work) -> None:
        self._work = work
        self._number = number
        self._workers: dict[int, int] = {}
        self._is_stopping = False
        self._alive, self._held = os.pipe()

    def run(self) -> None:
        """Come back when all workers have ended after a signal."""
        for number, handler in (
            (signal.SIGTERM, self._stop),
            (signal.SIGINT, self._stop),
            (signal.SIGALRM, self._kill),
        ):
            signal.signal(number, handler)
        for worker in range(self._number):
            self._start(worker)
        while self._workers:
            pid, status = os.wait()
            worker = self._workers.pop(pid)
            if not self._is_stopping:
                logbook.warn(
                    "a worker has ended and is started again", worker=worker, code=os.waitstatus_to_exitcode(status)
                )
                time.sleep(RESTART_PAUSE_S)
                self._start(worker)
        signal.alarm(0)

    def _start(self, worker: int) -> None:
        """Fork; a signal waits until both sides of the fork know who they are."""
        if self._is_stopping:
            return
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        pid = os.fork()
        if not pid:
            self._be(worker)
        self._workers[pid] = worker
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def _stop(self, _number: int, _frame: Any) -> None:
        self._is_stopping = True
        signal.alarm(END_S_MAX)
        self._signal(signal.SIGTERM)

    def _kill(self, _number: int, _frame: Any) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        for pid in list(self._workers):
            os.kill(pid, number)

    def _be(self, worker: int) -> NoReturn:
        """Be a worker to the end of this process."""
        code = 1
        try:
            os.close(self._held)
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            threading.Thread(target=self._end_with_minder, name="minder-watch", daemon=True).start()
            self._work(worker)
            code = 0
        except Exception:  # noqa: BLE001 - the top of a worker: written down, and the process ends
            logbook.failed("a worker fails")
        finally:
            os._exit(code)

    def _end_with_minder(self) -> None:
        os.read(self._alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)
