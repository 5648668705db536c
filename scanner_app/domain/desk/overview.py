"""The overview: how much of each kind waits for somebody, and what of it comes first."""

from msgspec import Struct

from scanner_app.domain.desk.case import CaseKind

DAY_US = 24 * 3600 * 1_000_000
LATE_US = DAY_US
"""What has waited for so long is late."""
ORDER: tuple[CaseKind, ...] = (
    CaseKind.HELD,
    CaseKind.QUARANTINED,
    CaseKind.NEGATIVE,
    CaseKind.SERIAL_TWICE,
    CaseKind.ADJUSTMENT,
    CaseKind.CLAIM,
    CaseKind.MISSING_PLATE,
    CaseKind.UNKNOWN_CODE,
    CaseKind.EXCEPTION,
)
"""All kinds that wait, the most urgent first; the number of each is its place here, whatever waits."""
FIRST_ANYWAY = frozenset({CaseKind.HELD, CaseKind.QUARANTINED, CaseKind.NEGATIVE, CaseKind.SERIAL_TWICE})
"""The book is wrong while it waits: what was done is not in it, or it sends people to what is not there."""
NEVER_FIRST = frozenset({CaseKind.EXCEPTION})
"""It is in the book already, and only to be looked at."""


class AskOverview(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="ask", tag="overview"):
    """How much of each kind waits."""


class KindWaiting(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Of a ``kind`` so many cases wait (``is_more``: more than were counted), ``late`` of them for a day or more.

    ``up`` and ``down`` (micro-currency, not below zero) are what they are worth, by which way the book would go.
    """

    kind: str
    waiting: int
    is_more: bool = False
    late: int = 0
    up: int = 0
    down: int = 0

    @property
    def is_first(self) -> bool:
        """Whether somebody should look there before all else; the rest can wait.

        >>> KindWaiting(kind="held", waiting=1).is_first, KindWaiting(kind="exception", waiting=1, late=1).is_first
        (True, False)
        >>> KindWaiting(kind="claim", waiting=2).is_first, KindWaiting(kind="claim", waiting=2, late=1).is_first
        (False, True)
        """
        return self.kind in FIRST_ANYWAY or (self.late > 0 and self.kind not in NEVER_FIRST)


class OverviewPage(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="reply", tag="overview"):
    """What waits, only the kinds of which there is something; and how many tasks of counting are late."""

    kinds: tuple[KindWaiting, ...] = ()
    late_tasks: int = 0
    as_of_us: int = 0
    alone: str = ""

    @property
    def in_order(self) -> tuple[KindWaiting, ...]:
        """What comes first, then what can wait; kinds of a newer centre last.

        >>> page = OverviewPage(kinds=(KindWaiting(kind="claim", waiting=1), KindWaiting(kind="held", waiting=1)))
        >>> [one.kind for one in page.in_order]
        ['held', 'claim']
        """
        places = {kind.value: place for place, kind in enumerate(ORDER)}
        return tuple(sorted(self.kinds, key=lambda one: (not one.is_first, places.get(one.kind, len(places)))))
