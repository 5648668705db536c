"""The thread of a reader: it works until it is stopped, is woken from any other, and begins anew where it could not."""

import threading

from devices.finding.hotplug import POLL_S
from devices.readers.reader import Outlet
from devices.readers.seeker import NotReadyError, Waker
from scanner_app.domain.capture.reader_state import ReaderTold, ReaderWhy, state_of


class ReaderThread:
    """What all readers share: ``_work`` is one go of theirs, to the end or until something is not ready.

    ``retry_s`` is how long it waits then, unless it is woken.
    """

    def __init__(self, name: str, outlet: Outlet, *, kind: str, retry_s: float = POLL_S) -> None:
        self.name = name
        self._outlet = outlet
        self._retry_s = retry_s
        self._told: ReaderTold | None = None
        self._stopping = threading.Event()
        self._waker = Waker()
        self._thread = threading.Thread(target=self._run, name=f"{kind} {name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Close what is open and end the thread."""
        self._stopping.set()
        self.wake()
        if self._thread.is_alive():
            self._thread.join()
        self._waker.close()

    def wake(self) -> None:
        """Look again at once: something was plugged in or out. From any thread, between start and stop."""
        self._waker.wake()

    def tell(self, why: ReaderWhy, detail: str = "") -> None:
        """Say how it is, where that is new; in its own thread."""
        if self._told is None or self._told.why is not why:
            self._told = ReaderTold(self.name, state_of(why), why, detail or (self._told.detail if self._told else ""))
            self._outlet.tell(self._told)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._waker.forget()
            try:
                self._work()
            except NotReadyError as error:
                self.tell(error.why, str(error))
                self._waker.wait(self._retry_s)

    def _work(self) -> None:
        """Read until the end.

        Raises:
            NotReadyError: what it reads from is not there, or is gone.
        """
        raise NotImplementedError
