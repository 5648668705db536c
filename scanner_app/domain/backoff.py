"""Back-off: how long to leave something alone that has failed, the longer the oftener (exponential, with full jitter).

Pure: whoever waits draws the lot, so that a thousand who failed at the same moment do not come back at the same moment.
"""

from msgspec import Struct

_FAILURES_MAX = 32
"""From here on a pause grows no more: it has long reached any bound, and a float would overflow some day."""


class Backoff(Struct, frozen=True):
    """Pauses of ``shortest_s`` to ``longest_s``; each failure makes the longest of them ``factor`` times as long."""

    shortest_s: float
    longest_s: float
    factor: float = 2.0

    def pause_s(self, failures: int, chance: float) -> float:
        """The pause after so many failures in a row; ``chance`` is a random number from 0 to 1."""
        ceiling_s = min(self.longest_s, self.shortest_s * self.factor ** min(failures, _FAILURES_MAX))
        return self.shortest_s + chance * (ceiling_s - self.shortest_s)
