"""Via: through what a cause wrote a row of the ledger, an event that it takes back or a claim of a count. Pure."""

from sync.central.events.aside import MARK


def via_of(claim: str) -> str:
    """What stands in rows that were written through a claim; no id of an event is like it, whoever makes one up.

    >>> claim_in(via_of("c0ffee")), claim_in("0192f"), claim_in("")
    ('c0ffee', '', '')
    """
    return MARK + claim


def claim_in(via: str) -> str:
    """The claim through which a row was written; empty where it was none."""
    return via[len(MARK) :] if via.startswith(MARK) else ""
