"""Answering: each entry of a gun is answered to that gun, once it is judged; in a thread that waits for no gun.

An entry that nobody has begun when four fifths of its gun's patience are over is taken out of the queue: the gun is
told *bad*, and whoever would have begun it finds an entry with a fault in its place.
"""

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from devices.answers.profile import Profile
from devices.readers.reader import Answerable
from scanner_app.domain.capture.answered import Answered
from scanner_app.domain.capture.entry import Entry, Fault
from scanner_app.domain.capture.reader_state import ReaderState, ReaderTold, ReaderWhy

OUT_MAX = 256
"""Answers that wait for the thread; more than that are of guns that nobody hears."""
JOIN_S_MAX = 2.0


class _Ticket:
    """An entry on its way to its answer."""

    __slots__ = ("entry", "is_begun", "is_taken_out", "name")

    def __init__(self, name: str, entry: Entry) -> None:
        self.name = name
        self.entry = entry
        self.is_begun = self.is_taken_out = False


class Answers:
    """``submitted`` is for readers, ``begun`` and ``judged`` for the work thread, ``told`` for what readers say."""

    def __init__(
        self,
        submit: Callable[[Entry], None],
        tell: Callable[[ReaderTold], None],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._submit = submit
        self._tell = tell
        self._now_s = now_s
        self._guns: dict[str, tuple[Answerable, Profile]] = {}
        self._tickets: dict[int, _Ticket] = {}
        self._due: list[tuple[float, int, _Ticket]] = []
        self._number = 0
        self._out: deque[tuple[str, bytes, Entry | None]] = deque(maxlen=OUT_MAX)
        self._ready: set[str] = set()
        self._deaf: dict[str, int] = {}
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="answers", daemon=True)

    def add(self, name: str, gun: Answerable, profile: Profile) -> None:
        """Answer a reader from now on; before the start."""
        self._guns[name] = gun, profile

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread, then free every gun; while their readers still run."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(JOIN_S_MAX)
        for gun, profile in self._guns.values():
            if profile.free:
                gun.send(profile.free)

    def submitted(self, entry: Entry) -> None:
        """Hand an entry on, and note who is to be answered for it."""
        if entry.reader in self._guns:
            self._note(entry, self._guns[entry.reader][1].taken_out_s)
        self._submit(entry)

    def _note(self, entry: Entry, taken_out_s: float | None) -> None:
        ticket = _Ticket(entry.reader, entry)
        with self._changed:
            self._tickets[id(entry)] = ticket
            if taken_out_s is not None:
                self._number += 1
                heapq.heappush(self._due, (self._now_s() + taken_out_s, self._number, ticket))
                self._changed.notify()

    def told(self, told: ReaderTold) -> None:
        """Hand on what a reader says of itself. A gun that is there again may be locked since before."""
        self._tell(told)
        was_ready = told.reader in self._ready
        self._deaf.pop(told.reader, None)
        (self._ready.add if told.state is ReaderState.READY else self._ready.discard)(told.reader)
        if told.reader in self._guns and told.reader in self._ready and not was_ready:
            free = self._guns[told.reader][1].free
            if free:
                self._send(told.reader, free, None)

    def begun(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Entries that are dealt with now, each as it is, or as not taken."""
        with self._changed:
            return [self._begun(entry) for entry in entries]

    def _begun(self, entry: Entry) -> Entry:
        ticket = self._tickets.get(id(entry))
        if ticket is None:
            return entry
        ticket.is_begun = True
        if not ticket.is_taken_out:
            return entry
        del self._tickets[id(entry)]
        return replace(entry, raw=b"", key="", fault=Fault.NOT_TAKEN)

    def judged(self, entries: Sequence[Entry], outcomes: Sequence[Answered]) -> None:
        """Entries, as they were submitted, are on the disk and judged: tell their guns."""
        for entry, answered in zip(entries, outcomes, strict=False):
            with self._changed:
                ticket = self._tickets.pop(id(entry), None)
            if ticket is not None:
                self._send(ticket.name, self._guns[ticket.name][1].bytes_of(answered), entry)

    def _send(self, name: str, data: bytes, entry: Entry | None) -> None:
        with self._changed:
            dropped = self._out.popleft()[0] if len(self._out) >= OUT_MAX else ""
            self._out.append((name, data, entry))
            self._changed.notify()
        if dropped:
            self._heard(dropped, is_sent=False)

    def _heard(self, name: str, *, is_sent: bool) -> None:
        """Tell once that a gun which is there takes no answers, and how many it missed when it takes them again."""
        if is_sent and name in self._deaf:
            missed = self._deaf.pop(name)
            self._tell(ReaderTold(name, ReaderState.READY, detail=f"{missed} answers were dropped"))
        elif not is_sent and name in self._ready:
            self._deaf[name] = self._deaf.get(name, 0) + 1
            if self._deaf[name] == 1:
                self._tell(ReaderTold(name, ReaderState.READY, ReaderWhy.DEAF, "an answer was dropped"))

    def _run(self) -> None:
        while True:
            with self._changed:
                self._take_out()
                while not self._out and not self._stopping:
                    self._changed.wait(self._wait_s())
                    self._take_out()
                if not self._out:
                    return
                name, data, entry = self._out.popleft()
            self._heard(name, is_sent=self._guns[name][0].send(data, entry))

    def _wait_s(self) -> float | None:
        return max(0.0, self._due[0][0] - self._now_s()) if self._due else None

    def _take_out(self) -> None:
        """Take out what waits too long; what has been begun is answered when it is judged."""
        while self._due and (self._due[0][0] <= self._now_s() or self._due[0][2].is_begun):
            ticket = heapq.heappop(self._due)[2]
            if not ticket.is_begun:
                ticket.is_taken_out = True
                self._out.append((ticket.name, self._guns[ticket.name][1].bad, ticket.entry))
