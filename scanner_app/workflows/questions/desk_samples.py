"""Replies of the centre that are tried when a chart is drawn, each with what it is called there."""

from msgspec.structs import replace

from scanner_app.domain.accuracy.sums import Sums
from scanner_app.domain.desk.accuracy_asks import AskAccuracy, AskAccuracyLines, AskCheckers
from scanner_app.domain.desk.accuracy_replies import (
    AccuracyLine,
    AccuracyLinesPage,
    AccuracyPage,
    AccuracyRow,
    CheckerRow,
    CheckersPage,
    Doubts,
    SplitRow,
)
from scanner_app.domain.desk.asks import Ask, AskCase, AskCases, AskDevices, AskPeople
from scanner_app.domain.desk.case import Case, CaseKind, Opened
from scanner_app.domain.desk.decided_words import AskDecided, DecidedPage, DecidedWord
from scanner_app.domain.desk.named_code import NamedCode
from scanner_app.domain.desk.opened_claim import OpenedClaim, Opposite
from scanner_app.domain.desk.opened_plate import OpenedPlate
from scanner_app.domain.desk.overview import AskOverview, KindWaiting, OverviewPage
from scanner_app.domain.desk.replies import (
    CasePage,
    CasesPage,
    DeviceRow,
    DevicesPage,
    Done,
    InHand,
    PeoplePage,
    PersonRow,
    Refused,
    Why,
)
from scanner_app.domain.desk.work_asks import AskStocktake, AskTasks
from scanner_app.domain.desk.work_replies import (
    CountingAt,
    EndedTask,
    NotHeard,
    StocktakePage,
    TasksPage,
    ZoneCounted,
)
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.task import COUNT, Task
from scanner_app.workflows.lookups import samples
from scanner_app.workflows.questions.answers import Replied
from scanner_app.workflows.questions.samples import Examples

CASE = Case(
    kind=CaseKind.EXCEPTION, id="0198c000-0000-7000-8000-000000000001", place=samples.PLACE, item=samples.ITEM,
    name="name", quantity=-SCALE, unit="EA", value=-SCALE, operator="1001", person="1001", device="dev-1",
    reasons=("place_closed",),
)  # fmt: skip
KEY = Case(kind=CaseKind.NEGATIVE, id="key", place=samples.PLACE, item=samples.ITEM, quantity=-SCALE, unit="EA")
DEVICE = DeviceRow(device="dev-1", name="Handheld 1")
REVOKED = DeviceRow(device="dev-2", name="Handheld 2", is_revoked=True)
PERSON = PersonRow(
    operator="1002", name="name", in_hand=(InHand(item=samples.ITEM, name="name", quantity=SCALE, unit="EA"),)
)
CLAIM = Case(
    kind=CaseKind.CLAIM, id="claim", version="v1", place=samples.PLACE, item=samples.ITEM, quantity=-SCALE, unit="EA"
)
_ELSEWHERE = Opposite(id="other", version="v1", seen=0, place="other", quantity=SCALE)
_FURTHER = Opposite(id="further", version="v1", seen=0, place="further", quantity=SCALE)
_OTHER_LOT = Opposite(id="lot", version="v1", seen=0, place=samples.PLACE, quantity=SCALE, lot="other")
_OTHER_STATUS = Opposite(id="status", version="v1", seen=0, place=samples.PLACE, quantity=SCALE, status="other")
COUNTED = Opened(
    case=CLAIM, words=("accept", "recount", "reject", "identify"),
    named=(NamedCode(event="line", code="WHAT", item=samples.ITEM),),
    claim=OpenedClaim(
        counted=SCALE, book=2 * SCALE, begun_us=0, ended_us=1,
        opposites=(_ELSEWHERE, _FURTHER, _OTHER_LOT, _OTHER_STATUS),
    ),
)  # fmt: skip
MISSING = Opened(
    case=Case(kind=CaseKind.MISSING_PLATE, id="P1", place=samples.PLACE, item="P1"), words=("recount",),
    plate=OpenedPlate(plate="P1", place=samples.PLACE),
)  # fmt: skip
UNKNOWN = Opened(
    case=Case(kind=CaseKind.UNKNOWN_CODE, id="line", item="WHAT"),
    words=("void", "identify"),
    codes=("WHAT",),
    known_as=(NamedCode(code="WHAT", item=samples.ITEM),),
)
FIGURES = AccuracyPage(
    period="2026-10", sums=Sums(lines=3, differing=1, value=9 * SCALE, gross=SCALE, net=-SCALE, scans=3),
    rows=(AccuracyRow(name="1001", sums=Sums(lines=3)),), after="=1001", trend=(None, SCALE), due=4, done=3,
    doubts=Doubts(places=5, counted=3, oldest_days=9),
)  # fmt: skip
_WORDS = ("seen", "release", "void", "let_in", "identify")
_REPLIES: dict[type[Ask], Examples] = {
    AskCases: (
        ("cases", Replied(CasesPage(cases=(CASE, CLAIM), waiting=2))),
        ("none", Replied(CasesPage())),
    ),
    AskCase: (
        ("a case", Replied(CasePage(opened=Opened(case=CASE, words=_WORDS, codes=("WHAT", "ELSE"))))),
        ("a count", Replied(CasePage(opened=COUNTED))),
        ("a missing plate", Replied(CasePage(opened=MISSING))),
        ("an unknown code", Replied(CasePage(opened=UNKNOWN))),
        ("a key", Replied(CasePage(opened=Opened(case=KEY)))),
        ("waits no more", Replied(CasePage())),
    ),
    AskDevices: (("devices", Replied(DevicesPage(devices=(DEVICE, REVOKED)))),),
    AskAccuracy: (("figures", Replied(FIGURES)), ("today", Replied(AccuracyPage(period="2026-10", has_today=True)))),
    AskPeople: (("people", Replied(PeoplePage(people=(PERSON,)))),),
}
_LINE = AccuracyLine(claim="claim", at_us=1, place=samples.PLACE, item=samples.ITEM, difference=-SCALE, unit="EA")
_BEHIND = AccuracyLinesPage(period="2026-10", lines=(_LINE,), after="1 claim")
_PAIR = CheckerRow(supervisor="2001", counter="1001", accepted=1)
_SPLIT = SplitRow(day="2026-10-05", place=samples.PLACE, item=samples.ITEM, people=("1001", "1002"), quantity=-SCALE)
_REPLIES |= {
    AskAccuracyLines: (("lines", Replied(_BEHIND)), ("none", Replied(AccuracyLinesPage(period="2026-10")))),
    AskCheckers: (
        ("pairs", Replied(CheckersPage(period="2026-10", rows=(_PAIR,), splits=(_SPLIT,), after="2001 1001"))),
        ("today", Replied(CheckersPage(period="2026-10", has_today=True))),
    ),
}
_SAID = DecidedWord(case=CASE, word="accept", by="2001", at_us=1)
_REPLIES |= {
    AskOverview: (
        ("kinds", Replied(OverviewPage(kinds=(KindWaiting(kind=CaseKind.CLAIM, waiting=2),), late_tasks=1))),
        ("nothing waits", Replied(OverviewPage())),
    ),
    AskDecided: (
        ("words", Replied(DecidedPage(words=(_SAID,), after="1"))),
        ("none", Replied(DecidedPage())),
    ),
}
_TASK = Task("task", COUNT, samples.PLACE, priority=1, due=1, holder="1002", until=1)
_FREE = Task("other", COUNT, samples.PLACE, samples.ITEM)
_GIVEN_UP = EndedTask(place=samples.PLACE, reason="no_way", operator="1001", at_us=1)
_STOCKTAKE = StocktakePage(
    stocktake="ANNUAL", begun_us=1, places=2, left=1, zones=(ZoneCounted(zone="A", places=2, counted=1),),
    counting=(CountingAt(operator="1001", place=samples.PLACE, since_us=1),),
    missing=(NotHeard(name="Handheld 2", told_us=1, waiting=3),), not_counted=(_GIVEN_UP,), as_of_us=2,
)  # fmt: skip
_REPLIES |= {
    AskTasks: (
        ("tasks", Replied(TasksPage(tasks=(_TASK, _FREE), open=3, late=1, held=1, ended=(_GIVEN_UP,), after="1"))),
        ("none", Replied(TasksPage())),
    ),
    AskStocktake: (
        ("one goes on", Replied(_STOCKTAKE)), ("one is closed", Replied(replace(_STOCKTAKE, closed_us=2, cut_us=2))),
        ("none", Replied(StocktakePage())),
    ),
}  # fmt: skip
_REFUSED: Examples = (("no", Replied(Refused(why=Why.UNREACHABLE))),)


def replies_to(ask: Ask) -> Examples:
    """What the centre may say to an ask."""
    return _REPLIES.get(type(ask), (("done", Replied(Done(number=7))),)) + _REFUSED
