"""A clock far ahead: what counts by it claim hides nothing of what others count meanwhile."""

from msgspec.structs import replace

from scanner_app.domain.clock import CLOCK_DOUBT_US
from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.events.event import Event
from sync.central.database.store import CentralStore
from tests.central.counting.centre import RECEIVED_US, Centre, Rules, hold, rolled_back
from tests.counting.floor import S1, S2, THIEF, W2, W3, Floor, key, on_claim
from tests.counting.site import Site

A = key("A")
AHEAD_US = RECEIVED_US + CLOCK_DOUBT_US + 1


def _frozen(claim: Claim) -> Frozen:
    return replace(Frozen(), is_ahead=claim.instant.time_us >= AHEAD_US)


class _Told:
    """A centre that is told one event after the other, and held against the model of it."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self._site = Site(_frozen)

    def tell(self, event: Event) -> set[str]:
        """The claims that are on the list then."""
        self._site.arrive(event)
        self.centre.push([event])
        hold(self.centre, self._site)
        return self.centre.listed()


def test_a_count_that_has_not_happened_yet_is_a_row_of_its_own_and_hides_none(floor_store: CentralStore) -> None:
    floor = Floor()
    with rolled_back(floor_store, Rules()) as centre:
        told = _Told(centre)
        first, later = floor.counted("c1", A, 7, "10:00", W2), floor.counted("c2", A, 8, "11:00", W3)
        ahead = floor.counted("c3", A, 2, AHEAD_US, THIEF)
        own, after = on_claim("c1", A, first).id, on_claim("c2", A, later).id
        subject = on_claim("c3", A, ahead, pieces=-8)
        told.tell(floor.came(A, 10))
        assert told.tell(ahead) == {subject.id}
        assert told.tell(first) == {subject.id, own}
        assert told.tell(later) == {subject.id, after}, "of those that have happened the newest is the row"
        assert told.tell(floor.said("reject", [subject], "12:00", S1)) == {after}
        seen = replace(subject, seen=1)
        assert told.tell(floor.said("withdraw", [seen], "12:01", S1)) == {subject.id, after}
        assert told.tell(floor.undone(ahead, "12:02", THIEF)) == {after}
        assert centre.breaches() == []


def test_what_stands_of_it_is_as_with_every_other(floor_store: CentralStore) -> None:
    floor = Floor()
    with rolled_back(floor_store, Rules()) as centre:
        told = _Told(centre)
        ahead = floor.counted("c3", A, 2, AHEAD_US, THIEF)
        for event in (floor.came(A, 10), ahead, floor.counted("c1", A, 7, "10:00", W2)):
            told.tell(event)
        accepted = floor.said("accept", [on_claim("c3", A, ahead, pieces=-8)], "12:00", S2)
        assert told.tell(accepted) == set(), "what somebody has accepted hides what was before it"
        assert centre.pieces(A) == 2


def test_within_what_clocks_may_err_it_is_the_newest_as_any(floor_store: CentralStore) -> None:
    floor = Floor()
    with rolled_back(floor_store, Rules()) as centre:
        told = _Told(centre)
        near = floor.counted("c3", A, 2, AHEAD_US - 1, THIEF)
        for event in (floor.came(A, 10), floor.counted("c1", A, 7, "10:00", W2)):
            told.tell(event)
        assert told.tell(near) == {on_claim("c3", A, near).id}
