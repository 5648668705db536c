"""The real program's face over a real desk, in a process of its own on a pty: what is typed, and the bytes that come.

The clock stands still between entries, so that the same entries make the same bytes; behind every paint stands a mark,
which says how many entries were taken and which question of which script is asked.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Lock

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.domain.count_open import CountOpen
from scanner_app.domain.desk.asks import AskCases
from scanner_app.domain.desk.heard import Heard
from scanner_app.domain.desk.replies import CasesPage, Refused, Reply, Why
from scanner_app.session.centre.asking import Asked
from scanner_app.session.context import Settings
from scanner_app.session.seat import Seat
from scanner_app.session.view.view import View
from scanner_app.session.worker import WorkThread
from tests.blind.answers import answers
from tests.blind.books import BOOKS, EVERYWHERE, heard, waiting_cases
from tests.warehouse import Floor, Ticking

PATIENCE_S = 60.0
LATER, EXCHANGE = b"%later", b"%exchange"
"""What is typed for the test itself: so many seconds pass, or the centre is heard."""
_KEYS = {
    **{f"F{n}": f"\x1bO{'PQRS'[n - 1]}".encode() for n in range(1, 5)},
    **{f"F{n}": f"\x1b[{10 + n}~".encode() for n in (5,)},
    **{f"F{n}": f"\x1b[{11 + n}~".encode() for n in range(6, 11)},
    "F11": b"\x1b[23~", "F12": b"\x1b[24~", "PageUp": b"\x1b[5~", "PageDown": b"\x1b[6~",
}  # fmt: skip
_MARK = re.compile(rb"\x1b\]7;(\d+);([^;]*);([^\x07]*)\x07")


class Frame(Struct, frozen=True):
    """What an entry made: every byte of it, and at which question of which script it left the session."""

    entry: str
    shown: bytes
    script: str
    slot: str


class Standing(Ticking):
    """A clock that goes on only when it is told to."""

    def stamp(self) -> Stamp:
        return Stamp(self.now_us, self.now_us - self._booted_us, self.boot)

    def pass_s(self, seconds: int) -> None:
        self.now_us += seconds * 1_000_000


def frames(
    folder: Path, book: str, entries: Sequence[str], size: tuple[int, int], settings: Settings, *, is_line: bool = False
) -> list[Frame]:
    """Type entries one after the other, each when the one before is on the screen."""
    child, terminal = pty.fork()
    if child == 0:
        _run(folder, book, size, settings, is_line=is_line)
    try:
        return list(_typed(terminal, entries))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _typed(terminal: int, entries: Sequence[str]) -> Iterator[Frame]:
    shown, number = b"", 0
    for entry in ("", *entries):
        if entry:
            number += 1
            key = _KEYS.get(entry.removeprefix("key:")) if entry.startswith("key:") else None
            os.write(terminal, key or entry.encode() + b"\r")
        shown, mark = _until(terminal, shown, number)
        yield Frame(entry, _MARK.sub(b"", shown[: mark.end()]), mark[2].decode(), mark[3].decode())
        shown = shown[mark.end() :]


def _until(terminal: int, shown: bytes, number: int) -> tuple[bytes, re.Match[bytes]]:
    """Read on until the mark of an entry has come."""
    ends_s = time.monotonic() + PATIENCE_S
    while (mark := next((one for one in _MARK.finditer(shown) if int(one[1]) >= number), None)) is None:
        assert time.monotonic() < ends_s, shown[-2000:]
        shown += _read(terminal, 0.5)
    return shown, mark


def _read(terminal: int, within_s: float) -> bytes:
    if not select.select([terminal], [], [], within_s)[0]:
        return b""
    try:
        return os.read(terminal, 65536)
    except OSError as error:
        raise AssertionError("the screen has ended") from error


def _run(folder: Path, book: str, size: tuple[int, int], settings: Settings, *, is_line: bool) -> None:
    """The process: a desk over its own cache, the work thread, and the face. It never returns."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        clock = Standing()
        floor = Floor(folder, clock, settings=settings, more=[*EVERYWHERE, *BOOKS[book]])
        floor.session.clock.learn()  # as the program does at its start: else the first page that tells a time does
        worker, seat = floor.worker()
        centre = _Centre(book)
        seat.reach(centre.take)
        worker.start()
        typed = _Typed(floor, worker, seat, clock, centre)
        _face(typed, seat, clock) if not is_line else _lines(typed, seat, clock)
    except BaseException:  # noqa: BLE001  whatever it is, the terminal has to show it
        import traceback

        traceback.print_exc()
    finally:
        os._exit(0)


class _Centre:
    """The centre at the desk: it has a page of cases, and knows nothing else; it answers what is on the screen."""

    def __init__(self, book: str) -> None:
        self.book = book
        self._lock = Lock()
        self._asked: Callable[[], None] | None = None
        self._is_shown = False

    def take(self, asked: Asked, tell: Callable[[Heard], None]) -> None:
        """In the work thread: answered at once if the question was painted already, else when it is."""
        cases = waiting_cases(self.book)
        page: Reply = CasesPage(cases=cases, waiting=len(cases))
        reply = page if isinstance(asked.ask, AskCases) else Refused(why=Why.UNREACHABLE)
        with self._lock:
            self._asked = partial(tell, Heard(ask=asked.id, reply=reply))
        self._answer()

    def shown(self) -> None:
        """What is asked has been painted."""
        with self._lock:
            self._is_shown = True
        self._answer()

    def _answer(self) -> None:
        with self._lock:
            answer, is_due = self._asked, self._asked is not None and self._is_shown
            if is_due:
                self._asked, self._is_shown = None, False
        if answer is not None and is_due:
            answer()


def _nothing() -> None:
    """A job: behind it the work thread has done what came before, and looks at the clock."""


class _Typed:
    """Entries on their way: the clock goes on by a second with each, and some of them are meant for the test."""

    def __init__(self, floor: Floor, worker: WorkThread, seat: Seat, clock: Standing, centre: _Centre) -> None:
        self.floor, self._worker, self._seat, self._clock, self._centre = floor, worker, seat, clock, centre
        self.number = self._own = 0
        self._take, seat.take = seat.take, self._taken  # type: ignore[method-assign]

    def submit(self, entry: Entry) -> None:
        self._worker.call(_nothing, is_short=True).result()  # the entry before has been noted as shown
        self.number += 1
        if entry.raw.startswith(LATER):
            self._own += 1
            self._worker.call(partial(self._clock.pass_s, 1 + int(entry.raw.removeprefix(LATER)))).result()
        elif entry.raw == EXCHANGE:
            self._own += 1
            self._worker.call(self._exchanged).result()
        else:
            self._seat.submit(entry)

    def _taken(self, entries: Sequence[Entry]) -> None:
        """In the work thread, so that nobody looks at the clock between it and what comes of the entry."""
        for entry in entries:
            is_typed = entry.source is not Source.CENTRE
            self._clock.pass_s(1 if is_typed else 0)
            self._take([replace(entry, stamp=self._clock.stamp()) if is_typed else entry])

    def handled(self) -> int:
        """Entries that were dealt with; of those that are meant for the test nobody waits for an answer."""
        return self._seat.handled() + self._own

    def _exchanged(self) -> None:
        """The centre has taken everything, and tells of the place what it has made of it."""
        self._clock.pass_s(1)
        store, now_us = self.floor.store, self._clock.now_us
        events = store.file.database.execute("SELECT number, payload FROM event ORDER BY number").fetchall()
        book = self._centre.book
        opened = [
            CountOpen(count, place, operator, begun_us, last_us, bool(closed))
            for count, place, operator, begun_us, last_us, closed in store.file.database.execute(
                "SELECT count, place, operator, begun_us, last_us, closed FROM own_count"
            ).fetchall()
        ]
        with store.transaction:
            store.journal.answer(answers(events, book))
            store.feed.put(enumerate([*heard(book), *opened], 10**6))
            store.identity.set_exchanged(now_us)
        self._seat.show()

    def mark(self, view: View) -> str:
        """Behind a paint of ``view``: empty as long as another one follows, or the centre was asked and answers now."""
        if view is not self._seat.views.latest() or self.handled() < self.number:
            return ""
        if self._seat.is_asking():
            self._centre.shown()
            return ""
        play = self.floor.session.play
        return f"\x1b]7;{self.number};{play.script.name};{play.slot}\x07"


def _face(typed: _Typed, seat: Seat, clock: Standing) -> None:
    import screens
    from screens.bell import Bell
    from screens.face import FaceApp
    from screens.manner import Manner

    class Marked(FaceApp):
        """The face as it is, but for a mark behind each paint, no echo, and a bell that does not wait."""

        CSS_PATH = str(Path(screens.__path__[0]) / "face.tcss")
        _is_first, _is_new = True, False

        def _echo(self) -> None:
            """What is typed is the worker's own."""

        def _paint(self) -> None:
            """Nothing that time brings alone: it stands still."""
            if self._is_first or self._is_new:
                self._is_first = False
                super()._paint()

        def _paint_newest(self) -> None:
            view, self._is_new = seat.views.latest(), True
            super()._paint_newest()
            self._is_new = False
            self.call_after_refresh(lambda: self._write(typed.mark(view)))

    app = Marked(
        seat.views, typed.submit, clock.stamp, entry_length_max=200, manner=Manner(),
        shown=lambda: app._write(typed.mark(seat.views.latest())),
    )  # fmt: skip
    app._bell = Bell(Manner(), app._write, lambda _delay_s, call: call())
    app.run(mouse=False)


def _lines(typed: _Typed, seat: Seat, clock: Standing) -> None:
    from scanner_app.domain.capture.framing import Assembler
    from screens.echo import LineTerminal
    from screens.line import LineFace
    from screens.lines import Printer

    class Marked(LineFace):
        """Line mode as it is, but for a mark behind what is printed of an entry."""

        def _print(self) -> None:
            super()._print()
            if self._is_settled():
                os.write(1, typed.mark(seat.views.latest()).encode())

    def submit(entries: list[Entry]) -> None:
        for entry in entries:
            typed.submit(entry)

    with LineTerminal(0) as terminal:
        Marked(
            seat.views, submit, clock.stamp, typed.handled, printer=Printer(1, terminal, "utf-8"),
            assembler=Assembler(Source.LINE, entry_length_max=200), give_up=terminal.give_up, is_asking=seat.is_asking,
        ).run(0)  # fmt: skip
