"""Statements: what comes late behind claims costs a few of them, however many claims there are."""

import pytest

from scanner_app.domain.catalog import Tolerance
from scanner_app.domain.quantity import SCALE
from sync.central.database.store import CentralStore
from tests.central.counting.centre import Centre, Rules, rolled_back
from tests.central.intake.test_statements import counted
from tests.counting.floor import MINUTE_US, Floor, at, key

LATE_MAX = 6
"""More than a push that meets no claim: a window, keys of its goods; claims, stock, ledger; what counts changed."""
_RULES = Rules(tolerances=[Tolerance("all", quantity=5 * SCALE)])


def _statements(store: CentralStore, centre: Centre, floor: Floor, item: str, clock: int) -> int:
    """How many a push of one move makes, once what it does not depend on is known."""
    for _ in range(2):
        with counted(store) as seen:
            centre.push([floor.take(key("A", item), 1, clock)])
    return len(seen)


@pytest.mark.parametrize("claims", [3, 40])
def test_what_comes_late_is_a_few_statements_however_many_claims_there_are(
    floor_store: CentralStore, claims: int
) -> None:
    floor = Floor()
    begin_us = at("10:00")
    with rolled_back(floor_store, _RULES) as centre:
        centre.push([floor.came(key("A"), 100), floor.came(key("A", "BOLT"), 100)])
        centre.push(
            [
                floor.counted(f"c{number}", key("A"), 100 if number % 3 else 150, begin_us + number * MINUTE_US)
                for number in range(claims)
            ]
        )
        bare = _statements(floor_store, centre, floor, "BOLT", begin_us - MINUTE_US)
        late = _statements(floor_store, centre, floor, "NUT", begin_us - MINUTE_US)
        after = _statements(floor_store, centre, floor, "NUT", begin_us + (claims + 1) * MINUTE_US)
        assert {one.state.adjustment for one in centre.kept().values() if one.state.stands} != {0}
    assert late - bare <= LATE_MAX
    assert bare - after == 1, "what is certainly later than the newest claim asks nothing of counts"
