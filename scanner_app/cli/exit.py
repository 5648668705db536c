"""The exit of the process: its status, and the one sentence that says what went wrong."""

import contextlib
import os
import sys
import threading
import traceback
from typing import Any, NoReturn

from scanner_app.domain.harmless import harmless
from screens.rawmode import leave_raw_mode
from screens.streams import finish

_OUTPUT = "The output cannot be written: {reason}. What was asked for may have been done all the same."
_WHISPER_S = 1.0
_ELSEWHERE = "This could not be done to its end: {reason}."


def guard() -> None:
    """Let what nobody foresaw go by the same door, from every thread: a traceback quotes what others have written."""
    sys.excepthook = _lay_open
    threading.excepthook = lambda told: _lay_open(told.exc_type, told.exc_value, told.exc_traceback)


def _lay_open(_kind: Any, error: BaseException | None, _where: Any) -> None:
    if error is not None:
        with contextlib.suppress(OSError):
            print(harmless("".join(traceback.format_exception(error))), end="", file=sys.stderr)


def complain(sentence: object) -> None:
    """Say it on stderr, if anybody listens there."""
    with contextlib.suppress(OSError):
        print(harmless(f"scanner: {sentence}"), file=sys.stderr)


def whisper(sentence: str) -> None:
    """Say last words on stderr, for a second at most: the terminal may be one that takes nothing any more."""
    if sentence:
        data = harmless(f"scanner: {sentence}\n").encode(sys.stderr.encoding, "replace")
        saying = threading.Thread(target=_write, args=(sys.stderr.fileno(), data), name="last words", daemon=True)
        saying.start()
        saying.join(_WHISPER_S)


def _write(descriptor: int, data: bytes) -> None:
    """Without a stream, whose lock would be in the way of the end while this waits."""
    with contextlib.suppress(OSError):
        os.write(descriptor, data)


def failed(error: OSError) -> int:
    """Say what the system refused and return the status of that; the end says it where it was the output."""
    if not _is_output_lost():
        reason = error.strerror or str(error)
        complain(f"{error.filename}: {reason}." if error.filename else _ELSEWHERE.format(reason=reason))
    return 1


def _is_output_lost() -> bool:
    """Flush stdout, and say why that cannot be; who closes a pipe knows."""
    lost = finish(sys.stdout)
    if lost is not None and not isinstance(lost, BrokenPipeError):
        complain(_OUTPUT.format(reason=lost.strerror))
    return lost is not None


def end(code: int) -> NoReturn:
    """End at once: threads that still wait for a terminal or a network must not keep the process."""
    try:
        if _is_output_lost():
            code = code or 1
        finish(sys.stderr)
    finally:
        leave_raw_mode()
        os._exit(code)
