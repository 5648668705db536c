"""Speaks: the half of a client that an exchange needs; a request is made ready, and then needs only to be sent."""

from collections.abc import Callable
from typing import Protocol

from sync.device.failure import Rejected
from sync.protocol import ExchangeAnswer, ExchangeRequest

Send = Callable[[], ExchangeAnswer | Rejected]
"""A request that needs only to be sent; it returns or raises what came of it."""


class Speaks(Protocol):
    """Whoever can have a request sent."""

    def prepared(self, request: ExchangeRequest) -> Send: ...
