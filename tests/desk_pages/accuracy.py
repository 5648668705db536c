"""What the centre tells of accuracy, as a desk is answered."""

from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.desk.accuracy_replies import (
    AccuracyLine,
    AccuracyLinesPage,
    AccuracyPage,
    CheckerRow,
    CheckersPage,
)
from scanner_app.domain.quantity import SCALE

SUMS = Sums(
    lines=412, differing=8, beyond=2, places=40, places_differing=3, value=573_000 * SCALE, gross=5_157 * SCALE,
    net=-1_000 * SCALE, booked=-1_204 * SCALE, met=39, late=31, took_us=412 * 9_500_000, scans=412, recounted=5,
    rejected=1, waiting=2, costless=3,
)  # fmt: skip
PAGE = AccuracyPage(period="2026-10", sums=SUMS, trend=(None, 95 * SCALE, 98 * SCALE), due=430, done=412)
LINE = AccuracyLine(
    claim="claim-1", at_us=1_700_000_000_000_000, place="A-01-01", item="100001", name="Glue", unit="EA",
    counted=8 * SCALE, difference=-2 * SCALE, value=-6 * SCALE, operator="1001", reason="@waiting",
)  # fmt: skip
LINES = AccuracyLinesPage(period="2026-10", lines=(LINE,), after="6 claim-1")
PAIR = CheckerRow(supervisor="2001", counter="1001", accepted=12, unchecked=8, bulk=5, above=3, other=1, value=SCALE)
PAIRS = CheckersPage(period="2026-10", rows=(PAIR,))
