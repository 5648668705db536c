"""The fact of an event: the union of all kinds, told apart by ``kind``. A new kind is a file and a line here."""

from typing import get_args

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.corrections.adjusted import Adjusted
from scanner_app.domain.events.corrections.changed import Changed
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.kind import Kind
from scanner_app.domain.events.moved import Moved
from scanner_app.domain.events.plate_moved import PlateMoved
from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.events.work.ended import Ended
from scanner_app.domain.events.work.leased import Leased
from scanner_app.domain.events.work.requested import Requested

Fact = (
    Moved
    | Adjusted
    | Changed
    | PlateMoved
    | Annulled
    | Decided
    | Identified
    | Counted
    | Sighted
    | CountClosed
    | Leased
    | Ended
    | Requested
)  # fmt: skip

KINDS: dict[str, type[Fact]] = {str(kind.__struct_config__.tag): kind for kind in get_args(Fact)}
"""Every kind by its tag, which journals, the wire and the book hold."""
KINDS_WITH_LEGS = tuple(tag for tag, kind in KINDS.items() if "legs" in kind.__struct_fields__)
KINDS_THAT_UNDO = tuple(tag for tag, kind in KINDS.items() if kind.undoes is not Kind.undoes)
_TAGS = {kind: tag for tag, kind in KINDS.items()}


def tag_of(fact: Fact) -> str:
    """The tag of a fact's kind."""
    return _TAGS[type(fact)]
