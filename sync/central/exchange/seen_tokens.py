"""Seen tokens (authentication cache): whose a token was when it was last looked up by this process.

It is enough to take in a request, at the cost of that device's share. Before anything of the request is applied the
token is looked up again, in the transaction that applies it; so nobody is believed for having been believed before.
"""

from sync.central.events.sender import Sender

TOKENS_MAX = 20_000
"""Tokens that are remembered; of more, those forget themselves that were not seen for longest."""


class SeenTokens:
    """Belongs to one event loop. Tokens are named by their hashes."""

    def __init__(self) -> None:
        self._senders: dict[str, Sender] = {}

    def whose(self, token_hash: str) -> Sender | None:
        return self._senders.get(token_hash)

    def note(self, token_hash: str, sender: Sender | None) -> None:
        """Note whose a token is now; None where it is nobody's any more."""
        self._senders.pop(token_hash, None)
        if sender is None:
            return
        self._senders[token_hash] = sender
        if len(self._senders) > TOKENS_MAX:
            del self._senders[next(iter(self._senders))]
