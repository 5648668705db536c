"""Line mode: the same session on stdin and stdout, for dumb terminals, screen readers, scripts and pipes.

Reads all that is there and submits it together; prints every message in order, and when all that was read is answered
the facts and the prompt.
"""

import contextlib
import os
import select
import sys
import threading
from collections import deque
from collections.abc import Callable

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framing import Assembler
from scanner_app.domain.clock import Stamp
from scanner_app.errors import DeviceError
from scanner_app.session.view.slot import Views
from scanner_app.session.view.view import Told, View
from screens.clean import clean_bytes
from screens.echo import LineTerminal
from screens.lines import Printer

READ_BYTES_MAX = 64 * 1024
BACKLOG_MAX = 10_000
LOOK_AGAIN_MS = 200
BUSY_US_MAX = 1_000_000
ASKING_US_MAX = 20_000_000
"""So long a reply of the centre is waited for when the input has ended: longer than whoever asks takes to hear one."""


class Inbox:
    """What was said, on its way to the printer: all of it, and the newest view. Wakes a poll by a pipe.

    No more waits here than was said of the entries that were submitted and not answered when it was last emptied.
    """

    def __init__(self, views: Views) -> None:
        self._views = views
        self._lock = threading.Lock()
        self._told: deque[Told] = deque()
        self._newest = 0
        self.wake_fd, self._signal_fd = os.pipe()
        os.set_blocking(self._signal_fd, False)
        os.set_blocking(self.wake_fd, False)

    def published(self) -> None:
        """In the work thread."""
        told = self._views.latest().told
        with self._lock:
            self._told.extend(one for one in told if one.number > self._newest)
            self._newest = told[-1].number if told else self._newest
            if self._signal_fd >= 0:
                self._signal()

    def _signal(self) -> None:
        try:
            os.write(self._signal_fd, b"!")
        except BlockingIOError:
            return

    def taken(self) -> tuple[list[Told], View]:
        """What was said since, in order, and the newest view."""
        with contextlib.suppress(BlockingIOError):
            os.read(self.wake_fd, READ_BYTES_MAX)
        with self._lock:
            newest = self._views.latest()
            told = [*self._told, *newest.told]
            self._told.clear()
        return told, newest

    def close(self) -> None:
        with self._lock:
            os.close(self.wake_fd)
            os.close(self._signal_fd)
            self._signal_fd = -1


class LineFace:
    """Reads one descriptor and prints to another until the input ends or the session is finished."""

    def __init__(
        self,
        views: Views,
        submit_many: Callable[[list[Entry]], None],
        stamp: Callable[[], Stamp],
        handled: Callable[[], int],
        *,
        printer: Printer,
        assembler: Assembler,
        give_up: Callable[[], None],
        rested: Callable[[], None] | None = None,
        is_asking: Callable[[], bool] = lambda: False,
    ) -> None:
        self._is_asking = is_asking
        self._inbox = Inbox(views)
        self._views = views
        self._submit_many = submit_many
        self._stamp = stamp
        self._handled = handled
        self._expected = handled()
        self._printer = printer
        self._assembler = assembler
        self._give_up = give_up
        self._turn: int = views.latest().turn
        self._rested = rested
        self._begun_us = stamp().monotonic_us

    def run(self, stdin_fd: int) -> None:
        self._views.subscribe(self._inbox.published)
        try:
            self._print()
            while not self._views.latest().finished and self._read_or_print(stdin_fd):
                pass
            ends_us = self._stamp().monotonic_us + ASKING_US_MAX
            while not self._views.latest().finished and not self._is_over(ends_us):
                select.select([self._inbox.wake_fd], [], [], LOOK_AGAIN_MS / 1000)
                self._print()
            self._print()
            self._tell_unfinished()
        finally:
            self._inbox.close()

    def _rest(self) -> None:
        """What is asked of the centre goes there only when the link is begun."""
        if self._rested is not None and self._is_asking():
            self._rested()
            self._rested = None

    def _is_over(self, ends_us: int) -> bool:
        """All is answered, by the centre, too: whoever asks it hears something in a bounded time."""
        self._rest()
        return self._is_settled() and not (self._is_asking() and self._stamp().monotonic_us < ends_us)

    def _is_settled(self) -> bool:
        return self._handled() >= self._expected

    def _read_or_print(self, stdin_fd: int) -> bool:
        """Wait for input or a view; False at the end of the input."""
        if self._rested is not None and self._is_resting(stdin_fd):
            self._rested()
            self._rested = None
        has_room = self._expected - self._handled() < BACKLOG_MAX
        sources = [stdin_fd, self._inbox.wake_fd] if has_room else [self._inbox.wake_fd]
        timeout = None if has_room and self._is_settled() else LOOK_AGAIN_MS / 1000
        ready, _, _ = select.select(sources, [], [], timeout)
        if stdin_fd in ready and not self._read(stdin_fd):
            return False
        if self._inbox.wake_fd in ready or not ready:
            self._print()
        return True

    def _is_resting(self, stdin_fd: int) -> bool:
        """Nothing is there to read and all is answered; or it has been busy for so long that it may never rest."""
        if self._stamp().monotonic_us - self._begun_us > BUSY_US_MAX:
            return True
        return self._is_settled() and not select.select([stdin_fd], [], [], 0)[0]

    def _read(self, stdin_fd: int) -> bool:
        try:
            data = os.read(stdin_fd, READ_BYTES_MAX)
        except OSError:
            return False
        results = self._assembler.feed(data, self._stamp())
        entries = [result for result in results if isinstance(result, Entry)]
        if entries:
            self._expected += len(entries)
            self._submit_many(entries)
        return bool(data)

    def _print(self) -> None:
        is_settled = self._is_settled()
        told, newest = self._inbox.taken()
        if newest.turn != self._turn:  # the lock came over the question for which a line is half typed
            self._turn = newest.turn
            self._give_up()
        self._printer.alarm(newest)
        self._printer.told(told)
        if is_settled or newest.finished:
            self._printer.whole(newest)

    def _tell_unfinished(self) -> None:
        """A line without an end may be half a code: it is told, and not taken."""
        if unfinished := self._assembler.unfinished:
            self._printer.say("X " + self._views.latest().chrome.unfinished.format(text=clean_bytes(unfinished)))


def run_line(  # noqa: PLR0917
    views: Views,
    submit_many: Callable[[list[Entry]], None],
    stamp: Callable[[], Stamp],
    handled: Callable[[], int],
    stdin_fd: int,
    stdout_fd: int,
    *,
    entry_length_max: int,
    rested: Callable[[], None] | None = None,
    is_asking: Callable[[], bool] = lambda: False,
) -> None:
    """Serve until the input ends and all of it is answered, or until a View is ``finished``.

    ``rested`` is called once, when nothing is left to read and to answer, or after a second without such a moment.
    While ``is_asking`` at the end of the input a reply of the centre is waited for. ``handled`` counts the entries
    dealt with since the process started; its value at the start is the zero here.

    Raises:
        DeviceError: the answers could not all be written, though somebody wants them; what came in was taken.
    """
    with LineTerminal(stdin_fd) as terminal:
        printer = Printer(stdout_fd, terminal, sys.stdout.encoding)
        assembler = Assembler(Source.LINE, entry_length_max=entry_length_max)
        face = LineFace(
            views, submit_many, stamp, handled,
            printer=printer, assembler=assembler, give_up=terminal.give_up, rested=rested,
            is_asking=is_asking,
        )  # fmt: skip
        face.run(stdin_fd)
    if (lost := printer.lost) is not None:
        raise DeviceError(f"Not every answer could be written: {lost.strerror}. All that came in was taken.")
