"""A face of ours over a session that shows whatever it is told to, in every field that a view has.

Usage: ``python -m tests.torture.tools.mirror screen|line``. Each entry is a page: a JSON list of strings, spread over
the fields of the next view in turn.
"""

import json
import queue
import sys
import threading
from collections.abc import Callable, Sequence

from devices.clock import StationClock
from scanner_app.domain.capture.entry import Entry
from scanner_app.session.view.part import Kind, Part
from scanner_app.session.view.view import Line, Link, Message, StatusLine, Told, Tone, View
from screens.rawmode import enter_raw_mode

ENTRY_BYTES_MAX = 4_000_000
FIELDS = 18
"""How many strings a page has room for."""
_TONES = list(Tone)
_LINKS = list(Link)


class Mirror:
    """A work thread and a slot, as the session has them; ``submit_many`` is what both faces are given."""

    def __init__(self) -> None:
        self._view = View(0, "Mirror", "Page?")
        self._queue: queue.SimpleQueue[Entry] = queue.SimpleQueue()
        self._listeners: list[Callable[[], None]] = []
        self._handled = 0
        threading.Thread(target=self._work, daemon=True).start()

    def latest(self) -> View:
        return self._view

    def subscribe(self, callback: Callable[[], None]) -> None:
        self._listeners.append(callback)

    def submit(self, entry: Entry) -> None:
        self._queue.put(entry)

    def submit_many(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._queue.put(entry)

    def handled(self) -> int:
        return self._handled

    def _work(self) -> None:
        while True:
            entry = self._queue.get()
            self._view = page(self._view, json.loads(entry.raw))
            self._handled += 1
            for listener in self._listeners:
                listener()


def page(before: View, texts: list[str]) -> View:
    """The next view: all texts somewhere in it, and another tone, link and shape than before."""
    number = before.counter + 1
    title, prompt, message, hint, operator, *rest = (*texts, *[""] * FIELDS)[:FIELDS]
    tone = _TONES[number % len(_TONES)]
    in_parts = (Part(rest[11], Kind.CODE), Part(rest[11], Kind.NAME), Part("1", Kind.QUANTITY))
    return View(
        revision=number,
        counter=number,
        title=title,
        prompt=prompt,
        message=message,
        hint=hint,
        tone=tone,
        before=(Message(rest[9], Tone.GOOD),),
        news=rest[10],
        told=(Told(2 * number, Message(rest[9], Tone.GOOD)), Told(2 * number + 1, Message(message, tone))),
        lines=(Line(rest[0], rest[1]), Line(rest[2], rest[3]), Line(rest[4]), Line(rest[11], parts=in_parts)),
        aids=(Line(rest[12]),),
        listed=(Line(rest[5], rest[6]), Line(rest[7]), Line(rest[8])) if number % 2 else (),
        page=number % 3,
        halted=number % 7 == 0,
        status=StatusLine(_LINKS[number % len(_LINKS)], 0, number, operator),
    )


def main(face: str) -> None:
    mirror, clock = Mirror(), StationClock()
    if face == "screen":
        enter_raw_mode()
        from screens.face import run_face
        from screens.manner import SILENT

        run_face(mirror, mirror.submit, clock.stamp, entry_length_max=ENTRY_BYTES_MAX, manner=SILENT)
    else:
        from screens.line import run_line

        run_line(mirror, mirror.submit_many, clock.stamp, mirror.handled, 0, 1, entry_length_max=ENTRY_BYTES_MAX)


if __name__ == "__main__":
    main(sys.argv[1])
