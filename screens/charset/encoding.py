"""What the terminal reads, UTF-8 or only ASCII: as it is configured, else as the locale says that was given.

Reading is not concerned: a scan is bytes, and they are UTF-8 whatever the terminal shows.
"""

import os
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from screens.charset.plain import NAME

AUTO, UTF_8, ASCII = "auto", "utf-8", "ascii"
_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
_SILENT = ("C", "POSIX")
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
_AS_GIVEN = Path("/proc/self/environ")


def forget_coercion(environ: MutableMapping[str, str], as_given: Path = _AS_GIVEN) -> None:
    """Take out the LC_CTYPE that Python puts in by itself where the locale is C (PEP 538).

    It says what Python would like; what the terminal reads is what the environment said before.
    """
    if environ.get("LC_CTYPE") not in _COERCED:
        return
    try:
        was_given = b"LC_CTYPE=" in as_given.read_bytes()
    except OSError:
        return
    if not was_given:
        del environ["LC_CTYPE"]


def locale_of(environ: Mapping[str, str]) -> str:
    """The setting that rules what characters are, as ``NAME=VALUE``; empty where nothing is said."""
    return next((f"{name}={environ[name]}" for name in _LOCALE if environ.get(name)), "")


def encoding_for(wanted: str, environ: Mapping[str, str]) -> str:
    """``UTF_8`` or ``ASCII``. Where neither setting nor locale says anything, it is UTF-8.

    That is a host that gave no locale to an SSH session, or a container: the terminal at the other end is a window of
    today. Whoever names a locale means it, C and POSIX too.

    >>> encoding_for(AUTO, {"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"})
    'ascii'
    """
    if wanted != AUTO:
        return wanted
    value = locale_of(environ).partition("=")[2]
    return UTF_8 if not value or _is_utf8(value) else ASCII


def _is_utf8(value: str) -> bool:
    """A locale that names no charset has one by tradition; one that nobody knows says nothing."""
    charset = value.rpartition("@")[0].rpartition(".")[2] if "@" in value else value.rpartition(".")[2]
    if charset == value and value not in _SILENT:
        import locale

        charset = locale.normalize(value).rpartition(".")[2]
    return charset == value not in _SILENT or charset.replace("-", "").lower() == "utf8"


def fit_streams(wanted: str, environ: Mapping[str, str]) -> None:
    """Write to stdout and stderr what the terminal reads."""
    encoding = NAME if encoding_for(wanted, environ) == ASCII else UTF_8
    for stream in (sys.stdout, sys.stderr):
        if stream.encoding.lower() != encoding:
            stream.reconfigure(encoding=encoding, errors="backslashreplace")  # type: ignore[union-attr]


def as_data() -> None:
    """What comes now is data, not words: UTF-8 in a file or a pipe, whatever the locale is."""
    if not os.isatty(sys.stdout.fileno()):
        sys.stdout.reconfigure(encoding=UTF_8)  # type: ignore[union-attr]
