"""What takes long and follows from the code alone: worked out by one process of the tests, read by all others."""

import fcntl
import hashlib
import os
import pickle
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

_TREE = Path(__file__).resolve().parents[1]
_KEPT = _TREE / "build" / "kept"
_Result = TypeVar("_Result")


def kept(name: str, work: Callable[[], _Result]) -> _Result:
    """The result of ``work``, which another process may have had: two that want it at once work it out once.

    It is kept as long as no line of the code changes, so that a run of the tests reads what the run before left.
    """
    place = _place()
    if place is None:
        return work()
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        file = place / name
        if file.exists():
            found: _Result = pickle.loads(file.read_bytes())
            return found
        result = work()
        begun = file.with_suffix(".begun")
        begun.write_bytes(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
        begun.rename(file)
        return result


@cache
def _place() -> Path | None:
    """The folder of this code; none where the tree may not be written."""
    place = _KEPT / _code()
    try:
        for older in _KEPT.glob("*"):
            if older != place:
                shutil.rmtree(older, ignore_errors=True)
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return place if os.access(place, os.W_OK) else None


def _code() -> str:
    """Tells one state of program, tests and Python from another."""
    hashed = hashlib.sha256(sys.version.encode())
    for folder in ("scanner_app", "tests"):
        for file in sorted((_TREE / folder).rglob("*.py")):
            hashed.update(str(file).encode() + file.read_bytes())
    return hashed.hexdigest()[:16]
