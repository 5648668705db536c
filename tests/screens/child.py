"""The face in a process of its own, over a session that only repeats: what the tests of real terminals start.

Usage: ``python -m tests.screens.child FILE [KEY]``; each entry becomes a line ``key|fault|hex`` of FILE.
"""

from screens.rawmode import enter_raw_mode

enter_raw_mode()

import queue  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

from msgspec.structs import replace  # noqa: E402

from scanner_app.domain.capture.entry import Entry  # noqa: E402
from scanner_app.domain.clock import Stamp  # noqa: E402
from scanner_app.session.view.view import Line, Link, StatusLine, Tone, View  # noqa: E402

PROMPTS = ("Take from where? Scan the place.", "Take what? Scan the item.", "Put where? Scan the place.")


class Repeater:
    """A work thread and a slot, as the session has them."""

    def __init__(self, path: Path) -> None:
        status = StatusLine(Link.ONLINE, time.time_ns() // 1000, 0, "olivia")
        self._view = View(0, "Move", PROMPTS[0], hint="F1 help  F3 back  F4 undo", status=status)
        self._queue: queue.SimpleQueue[Entry] = queue.SimpleQueue()
        self._path = path
        self._callback: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def latest(self) -> View:
        return self._view

    def subscribe(self, callback: Callable[[], None]) -> None:
        self._callback = callback

    def submit(self, entry: Entry) -> None:
        self._queue.put(entry)

    def _work(self) -> None:
        with self._path.open("a") as file:
            while True:
                entry = self._queue.get()
                file.write(f"{entry.key}|{entry.fault}|{entry.raw.hex()}\n")
                file.flush()
                self._view = self._answer(entry)
                self._callback()

    def _answer(self, entry: Entry) -> View:
        view = self._view
        text = entry.key or entry.raw.decode("utf-8", "surrogateescape")
        return replace(
            view,
            revision=view.revision + 1,
            counter=view.counter + 1,
            prompt=PROMPTS[(view.counter + 1) % 3],
            message=f"Taken: {text}" if view.counter % 3 == 2 else "",
            tone=Tone.GOOD,
            lines=(Line(text, "From"),),
            finished=text == "leave",
        )


def stamp() -> Stamp:
    return Stamp(time.time_ns() // 1000, time.monotonic_ns() // 1000, "boot")


def main() -> None:
    repeater = Repeater(Path(sys.argv[1]))
    repeater.start()
    from screens.face import run_face
    from screens.manner import SILENT, Manner

    mark = Path(sys.argv[1]).with_suffix(".shown")
    run_face(
        repeater,
        repeater.submit,
        stamp,
        entry_length_max=200,
        manner=Manner() if "bell" in sys.argv else SILENT,
        shown=mark.touch,
    )


if __name__ == "__main__":
    main()
