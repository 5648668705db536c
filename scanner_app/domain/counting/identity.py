"""What a claim is called, and which version of it there is: what a word names, and what the list points at."""

from collections.abc import Iterable
from hashlib import blake2b

import msgspec

from scanner_app.domain.ledger import StockKey

_DIGEST_BYTES = 16


def claim_id(count: str, key: StockKey) -> str:
    """The name of what a count claims of a key: the same on every machine, and as long as any other.

    >>> claim_id("c1", StockKey("A", "TEA")) == claim_id("c1", StockKey("A", "TEA", "", "", "OWN", "AVAILABLE"))
    True
    """
    return _digest(msgspec.json.encode((count, key)))


def version_of(lines: Iterable[str]) -> str:
    """The version of a claim of lines: the set of their events. That of a closing's claim is the closing's event.

    >>> version_of(["l2", "l1", "l1"]) == version_of(["l1", "l2"])
    True
    """
    return _digest(msgspec.json.encode(sorted(set(lines))))


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()
