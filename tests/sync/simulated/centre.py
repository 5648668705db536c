"""What the simulation asks of a centre: the model and the real one behind the same face."""

from collections import Counter
from typing import NamedTuple, Protocol

from scanner_app.domain.ledger import StockKey
from sync.protocol import Back, EnrolAnswer, ExchangeAnswer, ExchangeRequest, Outcome

SITE = "W1"
PLACES = ("A", "B", "C")
ODD_PLACE = "BLOCKED"
"""What is put there is booked, and somebody should look at it."""
WORKER, SUPERVISORS = "w1", ("s1", "s2")


class Known(NamedTuple):
    """An event as a centre has it."""

    device: str
    epoch: int
    sequence: int
    outcome: Outcome
    kind: str
    is_let_in: bool = False


class SaidWord(NamedTuple):
    """A word as a centre has it: its number, which event says it about which, and what came of it; ``why`` not."""

    number: int
    event: str
    subject: str
    word: str
    why: str
    before: Outcome | None
    after: Outcome | None


class Centre(Protocol):
    @property
    def store_epoch(self) -> str: ...

    def enrol(self, name: str, known: str, now_us: int) -> EnrolAnswer: ...

    def revoke(self, device: str) -> None: ...

    def is_revoked(self, device: str) -> bool: ...

    def reserve(self, token: str, request: ExchangeRequest) -> int:
        """A request has arrived whose transaction will commit later; what it holds by then, or 0."""
        ...

    def exchange(self, token: str, request: ExchangeRequest, now_us: int, reserved: int = 0) -> ExchangeAnswer:
        """Push and pull.

        Raises:
            RefusedError: the token belongs to no device.
        """
        ...

    def backup(self) -> None: ...

    def restore(self, *, is_told: bool) -> None:
        """Go back to the last backup, in a new life of the store, or so that it has to find that out."""
        ...

    def version(self) -> int: ...

    def events(self) -> dict[str, Known]:
        """Every event of a device, by id."""
        ...

    def causes(self) -> Counter[str]:
        """How many rows each event has in the ledger."""
        ...

    def stock(self) -> dict[StockKey, int]:
        """What devices should have on hand, without zeros."""
        ...

    def words(self) -> list[SaidWord]:
        """Every word, in the order of their numbers."""
        ...

    def backs(self) -> list[Back]:
        """All that came back, in the order of its numbers."""
        ...

    def watermark_us(self, device: str) -> int: ...

    def findings(self) -> list[str]:
        """Laws of the book that do not hold."""
        ...
