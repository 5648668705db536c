"""What a count and a claim are called, and which version of a claim there is: what words name, what the list shows."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

import msgspec

from scanner_app.domain.ledger import StockKey

_DIGEST_BYTES = 16
_NAMES_MAX = 10_000
"""So many names are remembered: a batch asks for each of its claims several times."""


def count_name(device: str, count: str) -> str:
    """The name of a count at its site: what a device calls ``count`` is its own, whatever another calls so.

    Who tells something of another's count tells it of one of their own: nobody adds to what somebody else counted,
    closes it or hides it. The operator is no part of it: who signs on with their other badge goes on with their count.

    >>> count_name("d1", "c1"), count_name("d1/c", "1"), count_name("d1", "c/1"), count_name("d1", "")
    ('d1/c1', 'd1%2Fc/1', 'd1/c/1', '')
    """
    return f"{device.replace('%', '%25').replace('/', '%2F')}/{count}" if count else ""


@lru_cache(_NAMES_MAX)
def claim_id(count: str, key: StockKey) -> str:
    """The name of what a count (by its name at the site) claims of a key: as long as any other.

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
