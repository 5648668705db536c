"""Bursts of scans as terminals send them: each kind of stream, and the entries that have to be in the log after it."""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from scanner_app.domain.capture.keys import CLEARING, COMMANDING
from tests.menu import LOOK_UP

ENDS = (b"\r", b"\n", b"\r\n", b"\t")
LENGTH = 30
LENGTH_MAX = 400
"""Of an entry, as the configuration has it."""

_ALPHABET = b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-/+%$* "
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\r\n\t\x08\x15\x1b")))
_SEPARATORS = b"\x1d\x1e\x04\x1c"
_KEYS = {
    b"\x1bOP": "F1",
    b"\x1b[17~": "F6",
    b"\x1bOR": "F3",
    b"\x1b[6~": "PageDown",
    b"\x1b[3~": "Delete",
}
_DROPPED = (
    b"\x1b[A",
    b"\x1b[Z",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[<0;3;4M",
    b"\x1b[M !!",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b[57441u",
)
_DATA = (
    b"\x1b]0;owned\x07",
    b"\x1bc",
    b"\x1bP1$r",
    b"\x1b_x",
    b"\x1b[2Jx",
    b"\x1b[?1049l",
    b"\x1b(0",
    b"\x1b[38;5;1m",
    b"\x1b#8",
)
_DETOURS = (
    b".i",
    b".b",
    b".m",
    LOOK_UP.encode(),
    b".h",
    b".n",
    b"1",
    b".k",
    b".u",
    b".c",
    b".q",
    b".b",
    b"F6",
    b"F3",
    b"F2",
)
_PRESSED = {b"F6": b"\x1b[17~", b"F3": b"\x1bOR", b"F2": b"\x1bOQ"}

Entries = list[bytes | str]


class Burst(NamedTuple):
    """What is sent, piece by piece, and the entries it is: raw bytes, or the name of a key or fault."""

    stream: bytes
    entries: Entries


def _plain(chance: random.Random, number: int) -> bytes:
    body = bytes(chance.choices(_ALPHABET, k=LENGTH - 6)).strip()
    return b"%05dX" % number + body.ljust(LENGTH - 6, b"x")


def _salted(chance: random.Random, number: int, salt: bytes, most: int = 8) -> bytes:
    """A scan with some of its bytes replaced by those of ``salt``."""
    scan = bytearray(_plain(chance, number))
    for place in chance.sample(range(6, LENGTH), chance.randint(1, most)):
        scan[place] = chance.choice(salt)
    return bytes(scan)


def _ended(scans: list[bytes], ends: Iterator[bytes]) -> Burst:
    return Burst(b"".join(scan + next(ends) for scan in scans), list(scans))


def _always(end: bytes) -> Iterator[bytes]:
    while True:
        yield end


def _any_end(chance: random.Random) -> Iterator[bytes]:
    """Any end; but no LF right after a CR of its own, because CRLF is one end."""
    while True:
        yield chance.choice(ENDS)


def plain(chance: random.Random, count: int) -> list[bytes]:
    return [_plain(chance, number) for number in range(count)]


def _ends(end: bytes) -> "Maker":
    return lambda chance, count: _ended(plain(chance, count), _always(end))


def mixed_ends(chance: random.Random, count: int) -> Burst:
    return _ended(plain(chance, count), _any_end(chance))


def _salt(salt: bytes) -> "Maker":
    return lambda chance, count: _ended([_salted(chance, number, salt) for number in range(count)], _always(b"\r"))


def text(chance: random.Random, count: int) -> Burst:
    words = ("Müller", "Łódź", "日本語", "Ωmega", "🙂📦", "é́", "ﷺ", "עברית")
    scans = [(b"%05dX" % number) + chance.choice(words).encode() * 2 for number in range(count)]
    return _ended(scans, _always(b"\r"))


def pastes(chance: random.Random, count: int) -> Burst:
    """Bracketed pastes of one to twenty lines; every fifth has lost its end."""
    scans, stream = plain(chance, count), b""
    rest = list(scans)
    while rest:
        size = chance.randint(1, 20)
        lines, rest = rest[:size], rest[size:]
        end = chance.choice(ENDS)
        stream += b"\x1b[200~" + b"".join(line + end for line in lines)
        stream += b"" if chance.random() < 0.2 else b"\x1b[201~"
    return Burst(stream, list(scans))


def keys(chance: random.Random, count: int) -> Burst:
    """A known key within a line is an entry of its own; one that says something empties the line that was begun."""
    stream, entries = b"", Entries()
    for number in range(count):
        scan, place = _plain(chance, number), chance.randrange(1, LENGTH)
        sequence = chance.choice(list(_KEYS) if chance.random() < 0.5 else _DROPPED)
        key = _KEYS.get(sequence, "")
        entries += [key] if key and key != CLEARING else []
        stream += scan[:place] + sequence + scan[place:] + b"\r"
        entries.append(scan[place:] if key == CLEARING or key in COMMANDING else scan)
    return Burst(stream, entries)


def unknown_sequences(chance: random.Random, count: int) -> Burst:
    """What no terminal sends is data, whole; at times the end comes in the middle of it."""
    scans = []
    for number in range(count):
        scan, place = _plain(chance, number), chance.randrange(1, LENGTH - 1)
        scans.append(scan[:place] + chance.choice(_DATA) + scan[place:])
    return _ended(scans, _always(b"\r"))


def broken_sequences(chance: random.Random, count: int) -> Burst:
    scans = [
        _plain(chance, number) + chance.choice((b"\x1b", b"\x1b[", b"\x1b[1;", b"\x1bO")) for number in range(count)
    ]
    return _ended(scans, _always(b"\r"))


def overlong(chance: random.Random, count: int) -> Burst:
    """Every third entry is over the limit by one byte or by thousands: told, never cut."""
    stream, entries = b"", Entries()
    for number in range(count):
        scan = _plain(chance, number)
        if number % 3 == 0:
            scan = scan.ljust(LENGTH_MAX + chance.choice((0, 1, 2, 3_000)), b"y")
        entries.append(scan if len(scan) <= LENGTH_MAX else "too_long")
        stream += scan + b"\r"
    return Burst(stream, entries)


def edited(chance: random.Random, count: int) -> Burst:
    """Typed letters, some of them of several bytes, taken back by either backspace."""
    stream, scans = b"", plain(chance, count)
    for scan in scans:
        place = chance.randrange(1, LENGTH)
        wrong = chance.choice(("z", "ü", "語", "🙂")).encode()
        stream += scan[:place] + wrong + chance.choice((b"\x08", b"\x7f")) + scan[place:] + b"\r"
    return Burst(stream, list(scans))


def empty_lines(chance: random.Random, count: int) -> Burst:
    """An empty line is an entry, too, though never an answer."""
    stream, entries = b"", Entries()
    for scan in plain(chance, count):
        empties = chance.randint(0, 2)
        entries += [scan, *[b""] * empties]
        stream += scan + b"\r" * (1 + empties)
    return Burst(stream, entries)


def detours(chance: random.Random, count: int) -> Burst:
    """Scans among commands and keys that change the screen under them all the time."""
    stream, entries = b"", Entries()
    for scan in plain(chance, count):
        if chance.random() < 0.6:
            command = chance.choice(_DETOURS)
            key = _PRESSED.get(command)
            entries.append(command.decode() if key else command)
            stream += key or command + b"\r"
        entries.append(scan)
        stream += scan + b"\r"
    return Burst(stream, entries)


def everything(chance: random.Random, count: int) -> Burst:
    """All kinds, a few of each in turn."""
    makers = [maker for name, maker in KINDS.items() if name != "everything"]
    stream, entries = b"", Entries()
    while len(entries) < count:
        part = chance.choice(makers)(chance, min(7, count - len(entries)))
        stream += part.stream + b"-\r"
        entries += [*part.entries, b"-"]
    return Burst(stream, entries)


Maker = Callable[[random.Random, int], Burst]
KINDS: dict[str, Maker] = {
    "CR": _ends(b"\r"),
    "LF": _ends(b"\n"),
    "CRLF": _ends(b"\r\n"),
    "Tab": _ends(b"\t"),
    "mixed ends": mixed_ends,
    "high bytes": _salt(bytes(range(0x80, 0x100))),
    "broken UTF-8": _salt(b"\xc3\xe2\x82\xf0\x9f\x80\xbf\xff\xfe\xed\xa0"),
    "text": text,
    "separators": _salt(_SEPARATORS),
    "controls": _salt(_CONTROLS),
    "every byte": _salt(_CONTROLS + bytes(range(0x80, 0x100)) + _ALPHABET),
    "pastes": pastes,
    "keys and reports": keys,
    "unknown sequences": unknown_sequences,
    "broken sequences": broken_sequences,
    "overlong": overlong,
    "edited": edited,
    "empty lines": empty_lines,
    "detours": detours,
    "everything": everything,
}
