"""What every kind of event answers: its effects on the book, its rights, its limits; the law of kinds in code.

Nobody asks a fact for its class. The book, the device and the audit ask what it does: post ``legs``, make an entry in
the register of a plate (``stand``), take another event out (``undoes``). The answers below are those of most kinds; a
kind overrides what it does otherwise. Each kind says for itself ``right``, ``last_us`` and ``fault``, which have none.
"""

from collections.abc import Mapping
from typing import ClassVar, Self

from msgspec import Struct

from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.saying import Saying
from scanner_app.domain.events.stand import Stand
from scanner_app.domain.ledger import Leg
from scanner_app.domain.limits.motion import From, set_off
from scanner_app.domain.work.leasing import Ending, Leasing, Wish
from scanner_app.domain.work.zero_check import NOT_EMPTY, ZeroCheck, taken_from


class Kind(Struct, frozen=True):
    """A fact of some kind.

    Beside what stands here each has ``right``, what its operator must be allowed to do; ``last_us``, the wall clock of
    its last scan (settled, no fact of the device before it is later); and ``fault()``, which names what makes it
    impossible, or is empty: its cause is a wrong program, not a wrong scan.
    """

    can_annul: ClassVar[bool] = False
    """Whether its worker may say at the device that it never happened."""
    process: ClassVar[str] = ""
    """The process whose limits hold for it (``domain/reasons``); empty where none do."""
    can_put_back: ClassVar[bool] = False
    """Whether its worker may carry back what it moved."""

    @property
    def legs(self) -> tuple[Leg, ...]:
        """What it posts to the ledger."""
        return ()

    @property
    def corrects(self) -> tuple[Leg, ...]:
        """The legs by which it puts the book right, and carries nothing."""
        return ()

    @property
    def wants_approval(self) -> bool:
        """Whether it is kept out of the book above a limit until somebody accepts it, and is not only a case."""
        return bool(self.corrects)

    @property
    def limited(self) -> Mapping[From, int]:
        """What limits are held against: micro-units by place and item."""
        return set_off(self.legs)

    @property
    def stand(self) -> Stand | None:
        """Where it says that a plate stands."""
        return None

    @property
    def line(self) -> Line | None:
        """What it claims to have been somewhere (``sync/central/counting``)."""
        return None

    @property
    def closing(self) -> Closing | None:
        """The place of which it claims that nothing else was there."""
        return None

    @property
    def count(self) -> str:
        """The count that it belongs to."""
        return ""

    @property
    def leaves(self) -> tuple[str, ...]:
        """The places on the floor that goods or a plate go away from by it."""
        before = (self.stand.place_before,) if self.stand and self.stand.place_before else ()
        return (*taken_from(self.legs), *before)

    @property
    def zero_checked(self) -> str:
        """What its worker said of the place that they left: nothing, ``empty``, ``not_empty``."""
        return ""

    def looked(self, said: str) -> Self:
        """The fact with what was said of the place that was left, where its kind keeps that."""
        del said
        return self

    @property
    def leaves_some(self) -> bool:
        """Whether its worker said that something is left where the book has nothing any more."""
        return bool(self.looked_at) and self.zero_checked == NOT_EMPTY

    @property
    def looked_at(self) -> ZeroCheck | None:
        """The place that was left, where its worker said whether it is empty."""
        said = self.zero_checked
        return next((ZeroCheck(place, said != NOT_EMPTY) for place in self.leaves if said), None)

    @property
    def undoes(self) -> str:
        """The id of the event that never happened according to it."""
        return ""

    @property
    def puts_back(self) -> str:
        """The id of the event whose goods it carried back to where they came from."""
        return ""

    @property
    def says(self) -> tuple[Saying, ...]:
        """The words that it says on what waits for somebody; one that says any is undone by a word, never annulled."""
        return ()

    @property
    def leases(self) -> Leasing | None:
        """The tasks that its maker asks to have (``sync/central/tasks``)."""
        return None

    @property
    def ends(self) -> Ending | None:
        """The task that ends by it, or whose lease does."""
        return None

    @property
    def wishes(self) -> Wish | None:
        """What is to be counted because of it."""
        return None

    @property
    def places(self) -> tuple[str, ...]:
        """The places that it names, those of its legs left out."""
        return ()

    @property
    def items(self) -> tuple[str, ...]:
        """The items that it names, those of its legs left out."""
        return ()

    def named(self, code: str, item: str, factor: int) -> Self:  # noqa: ARG002  most kinds name no goods
        """The fact with the goods that it calls ``code`` as ``item``, ``factor`` of its base units each."""
        return self

    @property
    def given(self) -> tuple[str, str]:
        """Why it was done, where its kind keeps that: the code of a reason, and a note."""
        return "", ""

    def reasoned(self, reason: str, note: str) -> Self:
        """The fact with why it was done, where its kind keeps that."""
        del reason, note
        return self

    def in_order(self) -> tuple[Self, int]:
        """The fact with times that do not run backwards, and by how much (us) one of them was set back at most."""
        return self, 0
