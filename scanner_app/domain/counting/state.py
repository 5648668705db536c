"""The state of a claim: how far the book is from it, whether it stands and why, and in what doubt it is."""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, ClaimKind
from scanner_app.domain.ledger import StockKey


class Standing(StrEnum):
    """Whether a claim stands, and what makes it."""

    WAITING = "waiting"
    """For a person: no rule lets it stand."""
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    EXACT = "exact"
    """There is no difference."""
    WITHIN = "within"
    """Within its limits."""
    AGREED = "agreed"
    """A recount that agrees with what it recounts."""

    @property
    def stands(self) -> bool:
        return self not in (Standing.WAITING, Standing.REJECTED)


class Part(Struct, frozen=True, array_like=True):
    """Another key of the same goods, as a claim meets it that looks around: ``variance`` is what is missing there to 0.

    For a serial that was counted it is claimed to hold nothing: ``adjustment`` is what was booked so that it does. For
    goods of which nobody said whose they are it is only looked at.
    """

    key: StockKey
    variance: int = 0
    adjustment: int = 0
    below: int = 0
    above: int = 0


class State(Struct, frozen=True):
    """``variance`` is what was counted minus the balance that the claim met; ``adjustment`` what of it was booked.

    Legs whose order against it nobody knows make the variance so much less (``below``, up to 0) or more (``above``).
    ``parts`` are the other keys that it looks at, those left out where nothing is. ``is_unsaid``: somebody must say
    whose the goods are, or their status, before a rule lets it stand. ``word`` is the number of the ruling word (0:
    none). ``is_for_review``: it was accepted, and is further by now from what was shown than its limits.
    """

    variance: int = 0
    adjustment: int = 0
    standing: Standing = Standing.EXACT
    below: int = 0
    above: int = 0
    parts: tuple[Part, ...] = ()
    is_unsaid: bool = False
    word: int = 0
    is_for_review: bool = False

    @property
    def stands(self) -> bool:
        return self.standing.stands

    @property
    def least(self) -> int:
        """The variance where each leg lies before or after it as makes the least of it."""
        return self.variance + self.below

    @property
    def most(self) -> int:
        return self.variance + self.above

    @property
    def is_in_doubt(self) -> bool:
        return self.below != self.above or any(part.below != part.above for part in self.parts)


class Kept(NamedTuple):
    """A claim with its state, as it is kept."""

    claim: Claim
    state: State

    @property
    def is_idle(self) -> bool:
        """Say whether it need not be kept: a closing's claim of a key that held nothing anyhow."""
        if self.claim.kind is not ClaimKind.CLOSING:
            return False
        return replace(self.state, word=0, standing=Standing.EXACT, is_unsaid=False, is_for_review=False) == State()


class Row(NamedTuple):
    """What a walk writes: ``quantity`` on ``key`` at exactly the claim's ``instant``, via the claim."""

    claim: str
    key: StockKey
    quantity: int
    instant: Instant
