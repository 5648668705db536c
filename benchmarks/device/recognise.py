"""Recognising codes: from the bytes of a line to what the program takes it for, a kind at a time.

The floor is what biip makes of the same lines where it reads them, else the least that could be done with any: decode
and split, which knows nothing of them, so that the ratio is only told. Lines differ, so that nothing is remembered of
the one before; both get them in turn, by processor time. The worst is the slowest of many twisted lines of up to a
thousand bytes, against an EAN-13 read by biip.
"""

import time
from collections.abc import Callable, Iterator, Sequence

import biip

from benchmarks.result import BenchmarkError, Result, medians
from benchmarks.world.world import World
from scanner_app.domain.capture.barcode import Reading, read
from scanner_app.domain.check_digit import check_digit
from scanner_app.domain.recognition.candidate import Kind
from scanner_app.domain.recognition.hibc import check_character
from scanner_app.domain.recognition.label import Why

_UNBOUND = 1000.0
BOUNDS = {
    "recognise_ean13": 1.5, "recognise_gs1": 1.5, "recognise_sscc": 1.5, "recognise_digital_link": _UNBOUND,
    "recognise_hibc": _UNBOUND, "recognise_iso15434": _UNBOUND, "recognise_unknown": _UNBOUND, "recognise_worst": 20.0,
}  # fmt: skip
NAMES = tuple(BOUNDS)
_KINDS = {
    "recognise_ean13": Kind.TRADE_NUMBER, "recognise_gs1": Kind.GS1, "recognise_sscc": Kind.GS1,
    "recognise_digital_link": Kind.DIGITAL_LINK, "recognise_hibc": Kind.HIBC, "recognise_iso15434": Kind.ISO_15434,
    "recognise_unknown": Kind.CODE,
}  # fmt: skip
_ROUNDS = 5
_YEAR = 2026
_WORST = (
    "]C1" + "10A\x1d" * 75, "]C1010400638133393" + "1101726123110" * 21, "]d2" + "10" + "1721103037" * 29,
    "[)>\x1e06\x1d" + "Z1\x1d" * 220, "(01)" * 250, "0104006381333931" + "~" * 984, "https://a/" + "01/" * 330,
    "+" + "$$8" * 333, "<GS>" * 250, "9" * 1000, "]C1" + "%" * 997,
)  # fmt: skip


def measure(world: World) -> list[Result]:
    lines = _lines(max(20, world.size.look_ups))
    for name, kind in _KINDS.items():
        found = read(lines[name][0], _YEAR)
        if not isinstance(found, Reading) or found.kind is not kind or found.why is not Why.NOTHING:
            raise BenchmarkError(f"{name}: {lines[name][0]!r} was not recognised.")
    results = [_compared(name, lines[name]) for name in _KINDS]
    return [*results, _worst(lines["recognise_ean13"])]


def _compared(name: str, lines: Sequence[bytes]) -> Result:
    floor = _parsed if BOUNDS[name] < _UNBOUND else _split
    times = [(_each_us(_read, lines), _each_us(floor, lines)) for lines in _parts(lines)]
    return medians(name, "us", [one for one, _ in times], [other for _, other in times], BOUNDS[name])


def _worst(eans: Sequence[bytes]) -> Result:
    """The slowest of all, each in a spelling of its own in every round."""
    products, floors = [], []
    for number, part in enumerate(_parts(eans)):
        texts = [f"{text[:996]}{number:04}".encode() for text in _WORST]
        products.append(max(_each_us(_read, [text]) for text in texts))
        floors.append(_each_us(_parsed, part))
    return medians("recognise_worst", "us", products, floors, BOUNDS["recognise_worst"])


def _parts(lines: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    size = len(lines) // _ROUNDS
    return (lines[at : at + size] for at in range(0, size * _ROUNDS, size))


def _each_us(work: Callable[[bytes], object], lines: Sequence[bytes]) -> float:
    begun = time.process_time_ns()
    for line in lines:
        work(line)
    return (time.process_time_ns() - begun) / 1000 / len(lines)


def _read(line: bytes) -> object:
    return read(line, _YEAR)


def _parsed(line: bytes) -> object:
    return biip.parse(line.decode())


def _split(line: bytes) -> object:
    return line.decode().split("\x1d")


def _lines(count: int) -> dict[str, list[bytes]]:
    """Right lines of each kind, no two alike."""
    gtins = [_checked(f"0400638{number:06}") for number in range(count)]
    return {
        "recognise_ean13": [f"]E0{gtin[1:]}".encode() for gtin in gtins],
        "recognise_gs1": [f"]C101{gtin}1726123110L{gtin[7:]}\x1d21S{gtin[7:]}".encode() for gtin in gtins],
        "recognise_sscc": [f"]C100{_checked(f'3{gtin}00')}".encode() for gtin in gtins],
        "recognise_digital_link": [f"]Q1https://example.com/01/{gtin}/10/L{gtin[7:]}".encode() for gtin in gtins],
        "recognise_hibc": [_linked(f"+H7R9{gtin[4:]}1/$$3261231L{gtin[7:]}") for gtin in gtins],
        "recognise_iso15434": [f"[)>\x1e06\x1dP{gtin}\x1dQ10\x1d1TL{gtin[7:]}\x1e\x04".encode() for gtin in gtins],
        "recognise_unknown": [f"no code {gtin}".encode() for gtin in gtins],
    }


def _checked(body: str) -> str:
    return body + check_digit(body)


def _linked(body: str) -> bytes:
    return (body + check_character(body)).encode()
