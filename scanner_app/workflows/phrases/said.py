"""A sentence that is said: by its key, with what fills it and how it is meant; and what was done stays before it."""

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from scanner_app.workflows.phrases.session import GO_ON

NO_DEEDS = frozenset({GO_ON.key})
"""Good to hear, and nothing was done."""


class Said(Struct, frozen=True):
    """A sentence by its key, with what fills it and how it is meant (a tone of the view).

    ``first`` are the sentences ``before`` it: what was done, when this one says what stands in the way. ``waits``
    says that something was booked that somebody has to accept: nothing to be glad of, and not to be lost either.
    """

    key: str
    tone: str
    arguments: dict[str, str] = {}
    first: "tuple[Said, ...] | UnsetType" = UNSET
    waits: bool | UnsetType = UNSET

    @property
    def before(self) -> "tuple[Said, ...]":
        return self.first or ()

    @property
    def in_order(self) -> "tuple[Said, ...]":
        """All that is said, each by itself."""
        return (*self.before, replace(self, first=UNSET))


def then(first: Said | None, second: Said | None) -> Said | None:
    """One after the other: the second never takes the place of the first."""
    if first is None or second is None or first == second:
        return second or first
    return replace(second, first=(*first.in_order, *second.before))


def done(said: Said | None) -> Said | None:
    """What was done, as far as that was said; without what stood in the way of the next step."""
    kept: Said | None = None
    for one in said.in_order if said else ():
        kept = then(kept, one) if (one.tone == "good" and one.key not in NO_DEEDS) or one.waits is True else kept
    return kept
