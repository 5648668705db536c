"""Loading: what entries need beside the first prompt, loaded when that is on screen, so that no scan waits for it."""

import contextlib
import threading

from scanner_app.domain.capture.barcode import read
from scanner_app.session.guard import argon2_verify
from scanner_app.workflows import library

_LABEL = b"]C1010000000000000010LOT"
_CODE = b"CODE"
_VERIFIER = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c2VjcmV0c2VjcmV0c2VjcmV0"


def load() -> None:
    """Load every process, what reads a label, checks a PIN and numbers an event."""
    library.load()
    _load_slow()


def load_soon() -> None:
    """The same; what is slow in a thread of its own, so that the screen goes on."""
    library.load()
    threading.Thread(target=_load_slow, name="loading", daemon=True).start()


def _load_slow() -> None:
    """What cannot be loaded is told by the entry that needs it."""
    with contextlib.suppress(ImportError):
        import uuid_utils  # noqa: F401  for the first event

        read(_LABEL)
        read(_CODE, patterns=("*_",))
        argon2_verify(_VERIFIER, b"")
