"""Rate limit by token buckets: how many requests each device may make. Pure; times are seconds of any one clock."""

KEYS_MAX = 20_000
"""Buckets kept at once; one that was forgotten is full."""


class Rates:
    """A bucket holds ``burst`` tokens and gets ``per_s`` new ones a second; kept is when it will be full again."""

    def __init__(self, per_s: float, burst: float) -> None:
        self._each_s = 1 / per_s
        self._whole_s = burst / per_s
        self._full_s: dict[str, float] = {}

    def wait_s(self, key: str, now_s: float) -> float:
        """Take a token from the bucket of ``key``: 0 when there was one, else how long until there is."""
        full_s = max(self._full_s.pop(key, now_s), now_s)
        missing_s = (full_s - now_s) + (self._each_s - self._whole_s)
        self._full_s[key] = full_s if missing_s > 0 else full_s + self._each_s
        if len(self._full_s) > KEYS_MAX:
            del self._full_s[next(iter(self._full_s))]
        return max(0.0, missing_s)

    def charge(self, key: str, tokens: int, now_s: float) -> None:
        """Take more tokens for what was let in and cost more; as many as there are at most."""
        if key in self._full_s:
            self._full_s[key] = min(max(self._full_s[key], now_s) + tokens * self._each_s, now_s + self._whole_s)
