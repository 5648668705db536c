"""Counts and a plate that wait at the desk, as the centre tells of them."""

from scanner_app.domain.desk import marks
from scanner_app.domain.desk.case import Case, CaseKind, Movement, Opened
from scanner_app.domain.desk.opened_claim import (
    BrokenLimit,
    DoubtfulLeg,
    OpenedClaim,
    Opposite,
    OtherClaim,
    QuietDevice,
    Side,
)
from scanner_app.domain.desk.opened_plate import OnPlate, OpenedPlate
from scanner_app.domain.desk.replies import CasesPage
from scanner_app.domain.quantity import SCALE

AT_US = 1_700_000_000_000_000
MINUTE_US = 60_000_000
CLAIM = Case(
    kind=CaseKind.CLAIM, id="claim-1", version="v1", seen=3, place="A-01-01", item="100001", name="Glue",
    quantity=-40 * SCALE, unit="EA", value=620 * SCALE, operator="1002", person="1002", counted=10 * SCALE,
    book=50 * SCALE, marks=(marks.DOUBT,),
)  # fmt: skip
OPPOSITE = Opposite(id="claim-2", version="v2", seen=1, place="A-01-02", quantity=40 * SCALE)
WORDS = ("accept", "recount", "reject")
COUNTED = Opened(
    case=CLAIM, words=WORDS,
    movements=(
        Movement(at_us=AT_US - 5 * MINUTE_US, place="A-01-01", item="100001", quantity=-6 * SCALE, operator="1001"),
        Movement(
            at_us=AT_US + MINUTE_US, place="A-01-01", item="100001", quantity=-40 * SCALE, operator="1003",
            side=Side.AFTER, is_late=True,
        ),
    ),
    claim=OpenedClaim(
        counted=10 * SCALE, book=50 * SCALE, begun_us=AT_US, ended_us=AT_US + 2 * MINUTE_US, operators=("1002",),
        percent=400 * SCALE, book_now=10 * SCALE, book_after=10 * SCALE,
        broken=(BrokenLimit(what="percent", limit=2 * SCALE),),
        doubtful=(
            DoubtfulLeg(
                at_us=AT_US + MINUTE_US, place="A-01-01", quantity=-40 * SCALE, operator="1003", after=-40 * SCALE
            ),
        ),
        others=(OtherClaim(id="c0", at_us=AT_US, operator="1001", counted=SCALE, quantity=0, state="replaced"),),
        quiet=(QuietDevice(name="Handheld 2", told_us=AT_US),), opposites=(OPPOSITE,),
    ),
)  # fmt: skip
PLATE = Opened(
    case=Case(
        kind=CaseKind.MISSING_PLATE, id="P31", version="closing-1", place="B-02-02", item="P31", value=201 * SCALE
    ),
    words=("recount",),
    plate=OpenedPlate(
        plate="P31", place="B-02-02", since_us=AT_US, closed_us=AT_US, operator="1001",
        goods=(OnPlate(item="100001", name="Glue", quantity=3 * SCALE, unit="EA"),),
    ),
)  # fmt: skip
COUNTS = CasesPage(
    cases=(
        CLAIM,
        Case(
            kind=CaseKind.CLAIM, id="claim-3", place="C-11-01", item="100518", name="Paint roller red single",
            quantity=-SCALE, unit="EA", value=310_500_000,
        ),
        PLATE.case,
        Case(
            kind=CaseKind.CLAIM, id="claim-2", place="A-01-02", item="100001", name="Glue", quantity=40 * SCALE,
            unit="EA", value=88 * SCALE, marks=(marks.PAIR,),
            pair=Opposite(id="claim-1", version="v1", seen=3, place="A-01-01", quantity=-40 * SCALE),
        ),
        Case(
            kind=CaseKind.CLAIM, id="claim-4", place="A-07-01", item="100777", name="Paint 1 l", quantity=-SCALE,
            unit="EA", value=9_900_000, marks=(marks.YOURS,),
        ),
        Case(
            kind=CaseKind.UNKNOWN_CODE, id="line-1", place="A-01-01", item="40063813", quantity=4 * SCALE,
            note="blue box",
        ),
    ),
    waiting=12, up=88 * SCALE, down=1_292_500_000, quiet=1, quiet_us=AT_US,
)  # fmt: skip
