"""The trace of an exception: where a script broke, for the log of the program; of what was entered it tells nothing."""

import traceback

from scanner_app.domain.harmless import harmless

TRACE_LENGTH_MAX = 2_000
_ROOTS = ("scanner_app", "screens", "sync", "devices")
"""Packages of the program: paths are told from there on, not where they are on this machine."""


def trace_of(error: BaseException, *, is_private: bool) -> str:
    """The frames of an exception, the innermost last, and what it says, unless what was entered may be a secret."""
    frames = traceback.extract_tb(error.__traceback__)
    told = [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    said = type(error).__name__ if is_private else f"{type(error).__name__}: {error}"
    return harmless("\n".join((*told, said)))[-TRACE_LENGTH_MAX:]


def _place(filename: str) -> str:
    parts = filename.replace("\\", "/").split("/")
    root = next((at for at, part in enumerate(parts) if part in _ROOTS), len(parts) - 1)
    return "/".join(parts[root:])
