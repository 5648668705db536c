"""A walk at the real program in a terminal: keys and scans as bytes, sizes that change, and kill -9; then the book."""

import signal
import time
from random import Random

import msgspec

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.capture.framing import Assembler
from scanner_app.domain.capture.keys import COMMANDING
from scanner_app.domain.clock import Stamp
from scanner_app.domain.events.event import Event
from scanner_app.store.store import open_store
from scanner_app.workflows.phrases.said import Said
from tests.picture import Picture
from tests.screens.terminals import Terminal
from tests.torture.tools.hostile import scan
from tests.torture.tools.site import ITEMS, PATIENCE_S, Device
from tests.torture.walks.book import Book
from tests.torture.walks.claims.claims import CLAIMS, is_true
from tests.torture.walks.station import LENGTH_MAX
from tests.torture.walks.walk import GUN
from tests.torture.walks.worker import KEYS

SIZES = [GUN, GUN, (20, 14), (26, 12), (40, 8), (40, 12), (80, 24), (132, 43)]
_STAMP = Stamp(1, 1, "boot")
_event = msgspec.json.Decoder(Event).decode
_said = msgspec.json.Decoder(Said | None).decode
_SAID = """SELECT p.said FROM play p JOIN verdict v ON v.entry = ? AND p.play > v.play
WHERE coalesce(p.parent, 0) < v.play ORDER BY p.play LIMIT 1"""
"""What was said at the script that followed a booking; detours from the one that ended in it began before."""
_UNJUDGED = "SELECT count(*) FROM entry LEFT JOIN verdict USING (entry) WHERE verdict.entry IS NULL"


def is_entered(entry: Entry) -> bool:
    """A key that says nothing to the program is no entry."""
    return not entry.key or entry.key in COMMANDING


class TerminalWalk:
    """``go`` so many steps at a device that stands at its menu, then ``look_back``. ``trail`` is what was done."""

    def __init__(self, device: Device, seed: int, language: str) -> None:
        device.config.write_text(
            device.config.read_text().replace("bell = false", f'language = "{language}"\nbell = false')
        )
        self.trail: list[str] = []
        self.deaths = self.bookings = 0
        self._device = device
        self._chance = Random(seed)
        self._job: list[str] = []
        self._entered: list[bytes | str] = []
        store = open_store(device.data)
        self._book = Book(store)
        store.close()
        self._begin()

    def _begin(self) -> None:
        """Start the program at some size and wait for its first picture, which has what was stored and not judged."""
        (self._since,) = self._device.look(_UNJUDGED)[0]
        self._size = self._chance.choice(SIZES)
        self._terminal = Terminal(*self._device.command("run")[2:], width=self._size[0], height=self._size[1])
        self._assembler = Assembler(Source.KEYBOARD, entry_length_max=LENGTH_MAX)
        self._picture = Picture(*self._size)
        self._fed = 0
        self._wait()

    def go(self, steps: int) -> None:
        for _ in range(steps):
            dice = self._chance.random()
            if dice < 0.06:
                self._is_killed(in_flight=dice < 0.03)
            elif dice < 0.12:
                self._resize()
            else:
                self._send(self._drawn())
                self._wait()
        self._is_killed(in_flight=False)

    def _drawn(self) -> bytes:
        chance = self._chance
        if chance.random() < 0.75:
            if not self._job:
                barcode, here, there = ITEMS[self._device.name]
                self._job = [".k", ".m", "1", here, *[barcode, chance.choice("12"), there] * chance.randint(1, 3)]
            return self._job.pop(0).encode() + b"\r"
        half = chance.choice([b"12", b"P-0"]) + chance.choice([KEYS["F3"], KEYS["F8"], b"\x15", b"\x7f\x7f\x7f\r"])
        lines = b"".join(chance.choice([b"P-01", b"222", b"1", b"nonsense", b"NUT"]) + b"\r" for _ in range(3))
        noise = scan(chance) + b"\r"
        keys = [KEYS[key] for key in ("F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F11", "F12", "PageUp")]
        return chance.choice([half, lines, noise, b"A" * 500 + b"\r", b"1\r1\r", *keys])

    def _send(self, data: bytes) -> None:
        self.trail.append(repr(data))
        found = [one for one in self._assembler.feed(data, _STAMP) if isinstance(one, Entry) and is_entered(one)]
        self._entered += [one.key or one.fault or one.raw for one in found]
        self._since += len(found)
        self._terminal.write(data)

    def _wait(self) -> None:
        """Wait until the picture has all that was sent, and look at it."""
        deadline = time.monotonic() + PATIENCE_S
        while not self._is_painted():
            assert time.monotonic() < deadline, (self._since, str(self._picture))
            assert self._terminal.child.poll() is None, str(self._picture)
            self._terminal.settle(0.01)
        assert not self._picture.strange, self._picture.strange[:5]
        assert self.prompt, str(self._picture)

    def _is_painted(self) -> bool:
        self._picture.feed(bytes(self._terminal.shown[self._fed :]))
        self._fed = len(self._terminal.shown)
        rows = self._picture.rows
        is_whole = self._picture.is_whole and any(row.startswith(">") for row in rows)
        return is_whole and f"{rows[-1]} ".startswith(f" #{self._since} ")

    @property
    def prompt(self) -> str:
        """What is asked, on as many rows as there are above what is typed."""
        rows = self._picture.rows
        entry = next(place for place, row in enumerate(rows) if row.startswith(">"))
        return " ".join(row.strip() for row in rows[:entry][-3:] if " #" not in row).strip()

    def _resize(self) -> None:
        """The terminal is another size; the program paints all of it anew."""
        self._size = self._chance.choice([size for size in SIZES if size != self._size])
        self.trail.append(f"resize {self._size}")
        self._terminal.settle(0.05)
        self._picture, self._fed = Picture(*self._size), len(self._terminal.shown)
        self._terminal.resize(*self._size)
        self._terminal.child.send_signal(signal.SIGWINCH)
        self._send(KEYS["F8"])
        self._wait()

    def _is_killed(self, *, in_flight: bool) -> None:
        """Everything that was acknowledged is in the log, each entry judged once; perhaps also what was on its way."""
        self.trail.append(f"killed {'in flight' if in_flight else 'at rest'}")
        known = len(self._entered)
        if in_flight:
            self._send(self._drawn())
        question = self._question()
        self._terminal.close()
        self.deaths += 1
        found = self._device.entered()
        assert found[:known] == self._entered[:known]
        assert found == self._entered[: len(found)], (found[-3:], self._entered[-3:])
        is_same = len(found) == known
        self._entered = found
        self._begin()
        assert self._device.look(_UNJUDGED) == [(0,)]
        if is_same:
            assert self._question() == question

    def _question(self) -> tuple[object, ...]:
        """What is open in the log, and how often it was answered."""
        rows = "SELECT script, arguments, (SELECT count(*) FROM verdict v WHERE v.play = p.play) FROM play p"
        return tuple(self._device.look(f"{rows} WHERE ended IS NULL ORDER BY play"))

    def look_back(self) -> None:
        """Each event is what the sentence said that came with it, and the book is what they make of it."""
        self._terminal.close()
        self.bookings = held_against_the_book(self._device, self._book)

    def close(self) -> None:
        if self._terminal.child.poll() is None:
            self._terminal.close()


def held_against_the_book(device: Device, book: Book) -> int:
    """Hold each event of a device against the sentence that came with it, and the book against all; how many."""
    assert device.look("SELECT entry FROM verdict WHERE outcome = 'broken'") == []
    payloads = device.look("SELECT payload FROM event ORDER BY number")
    for (payload,) in payloads:
        event = _event(payload)
        said = _said(device.look(_SAID.replace("?", str(event.entry)))[0][0])
        claims = [one for one in (said.in_order if said else ()) if one.key in CLAIMS]
        assert [is_true(one, event, book) for one in claims] == [True], (claims, event)
        book.follow(event)
    store = open_store(device.data)
    book.agrees(store)
    store.close()
    return len(payloads)
