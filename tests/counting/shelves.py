"""The shelves of every history, who works there, what is tolerated, and what goods cost."""

from scanner_app.domain.catalog import NO_LIMIT, DoubleCount, Tolerance
from scanner_app.domain.counting.claim import Claim
from scanner_app.domain.counting.frozen import Frozen
from scanner_app.domain.quantity import SCALE
from tests.counting.floor import S1, S2, S3, W1, W2, W3, W4, By, key

CODE = "999"
"""What is read from goods of which nobody knows that they are bolts."""
SAWS = tuple(key(place, "SAW", serial="S1", status=status) for place in "AB" for status in ("AVAILABLE", "HOLD"))
SHELVES = (
    key("A"),
    key("A", status="HOLD"),
    key("A", owner="ACME"),
    key("B"),
    key("A", "BOLT"),
    key("A", "GLUE", lot="L1"),
    key("A", "GLUE", lot="L2"),
    *SAWS,
)
PEOPLE = (W1, W2, W3, W4, S1, By("w2", "d1"))
"""Two of them share a device."""
DECIDERS = (S1, S2, S3, S1, S2, S3, W2)
TOLERANCES = (
    Tolerance("nut", item="NUT", quantity=SCALE),
    Tolerance("bolt", item="BOLT", percent=20 * SCALE),
    Tolerance("saw", item="SAW", quantity=SCALE, value=3 * SCALE),
)
TWO_COUNT = DoubleCount("glue", item="GLUE", value=2 * SCALE)
COSTS = {"NUT": SCALE, "BOLT": SCALE, "GLUE": SCALE, "SAW": 2 * SCALE}
RECOUNT_VALUE = 3 * SCALE
"""So much an agreeing recount lets stand."""


def limits(claim: Claim) -> Frozen:
    """What is frozen beside a claim: by the tolerances and costs above."""
    of_item = next((one for one in TOLERANCES if one.item == claim.key.item), Tolerance("none"))
    cost = COSTS.get(claim.key.item, 0)
    two_from = TWO_COUNT.value if claim.key.item == TWO_COUNT.item else NO_LIMIT
    return Frozen(of_item.percent, of_item.quantity, of_item.value, RECOUNT_VALUE, cost=cost, two_from=two_from)
