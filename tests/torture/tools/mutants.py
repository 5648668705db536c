"""Mutants: requests of a device with something in them that no program of ours writes."""

import copy
import json
import random
from typing import Any

STRANGE: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1,
    2**31,
    2**62,
    2**63 - 1,
    2**63,
    -(2**63),
    2**64,
    10**40,
    0.5,
    1e308,
    float("nan"),
    float("inf"),
    "",
    " ",
    "\x00",
    "\ud800",
    "\U0001f4e6",
    "x" * 70,
    "x" * 70_000,
    "'; DROP TABLE events; --",
    "@adjustment",
    "@hand:",
    "NUT",
    [],
    [[]],
    {},
    {"kind": "moved"},
    {"kind": "picked", "legs": []},
    [1, 2, 3],
)


def mutant(whole: Any, chance: random.Random) -> bytes:
    """Return ``whole`` as JSON with one to three parts of it changed, left out or put in twice."""
    changed = json.loads(json.dumps(whole))
    for _ in range(chance.randint(1, 3)):
        if places := _places(changed):
            _change(chance.choice(places), chance)
    return json.dumps(changed, ensure_ascii=chance.random() < 0.9).encode("utf-8", "surrogatepass")


def _places(part: Any) -> list[tuple[Any, Any]]:
    """Every place in a tree of JSON, as a container and a key."""
    keys = list(part) if isinstance(part, dict) else list(range(len(part))) if isinstance(part, list) else []
    return [(part, key) for key in keys] + [place for key in keys for place in _places(part[key])]


def _change(place: tuple[Any, Any], chance: random.Random) -> None:
    part, key = place
    if not (key in part if isinstance(part, dict) else key < len(part)):
        return
    fate = chance.random()
    if fate < 0.75:
        part[key] = copy.deepcopy(chance.choice(STRANGE))
    elif fate < 0.9 or isinstance(part, dict):
        del part[key]
    else:
        part.insert(key, copy.deepcopy(part[key]))


def garbled(body: bytes, chance: random.Random) -> bytes:
    """Return bytes of a message with some of them changed, cut out, or put in."""
    found = bytearray(body)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(found) + 1)
        fate = chance.random()
        if fate < 0.5 and at < len(found):
            found[at] = chance.randrange(256)
        elif fate < 0.75:
            del found[at : at + chance.choice([1, 2, 50, 5_000])]
        else:
            found[at:at] = chance.choice([b"\r\n", b"\x00", b"\r\n\r\n", b"Content-Length: 5\r\n", chance.randbytes(9)])
    return bytes(found)
