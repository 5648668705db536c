"""Signals: what comes from outside ends the program as a key of its own would, and nothing is lost by it."""

import os
import signal
import sys


def ends_when_told() -> None:
    """Let a signal from outside end the program as Ctrl-C does."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupted)


def _interrupted(_number: int, _frame: object) -> None:
    """Ended from outside, as by Ctrl-C: the terminal is given back and the cache closed on the way out."""
    raise KeyboardInterrupt


def hung_up(_number: int, _frame: object) -> None:
    """The terminal of line mode is gone: its input ends here, and what came before is answered as ever."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
