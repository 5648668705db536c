"""A supervisor at a desk: asks that go out are caught, and the test says what the centre answers, and when."""

from pathlib import Path

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.desk.case import Case, CaseKind, Movement, Opened
from scanner_app.domain.desk.heard import Heard, line_of
from scanner_app.domain.desk.overview import AskOverview, KindWaiting, OverviewPage
from scanner_app.domain.desk.replies import CasesPage, DeviceRow, DevicesPage, InHand, PeoplePage, PersonRow, Reply
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import SCALE
from scanner_app.domain.reasons import STARTING
from scanner_app.session.centre.asking import Asked
from scanner_app.session.context import Settings
from scanner_app.session.view.view import View
from scanner_app.workflows.menu import number_of
from tests.warehouse import PIN, Floor

SUPERVISOR = Operator("2001", "Supervisor 2001", "B-2001", "verifier:" + PIN, (Role.SUPERVISOR,))
DIGITS = "4711"
"""What is drawn at this floor."""
DEVICES = DevicesPage(
    devices=(
        DeviceRow(device="dev-1", name="Handheld 1", heard_us=1_700_000_000_000_000, waiting=3, program="2.0.0"),
        DeviceRow(device="dev-2", name="Handheld 2", is_revoked=True),
    )
)
_GLUE = InHand(item="100001", name="Glue", quantity=3 * SCALE, unit="EA", owner="OWN", status="AVAILABLE")
PEOPLE = PeoplePage(
    people=(
        PersonRow(operator="1001", name="Worker 1001", in_hand=(_GLUE,)),
        PersonRow(operator="2001", name="Supervisor 2001"),
    )
)  # fmt: skip
MOVE = Case(
    kind=CaseKind.EXCEPTION, id="move-1", version="v1", seen=4, place="A-01-01", item="100001", name="Glue",
    quantity=-5 * SCALE, unit="EA", value=12 * SCALE, since_us=1_700_000_000_000_000, operator="1001", person="1001",
    device="dev-1", reasons=("place_closed", "no_right"),
)  # fmt: skip
KEY = Case(kind=CaseKind.NEGATIVE, id="key-1", place="A-01-02", item="100002", quantity=-SCALE, unit="KG")
CASES = CasesPage(cases=(MOVE, KEY), waiting=2)
OVERVIEW = OverviewPage(kinds=(KindWaiting(kind=CaseKind.EXCEPTION, waiting=2),))
OPENED = Opened(
    case=MOVE, device_name="Handheld 1", words=("seen", "void"),
    movements=(
        Movement(
            at_us=1_700_000_000_000_000, place="A-01-01", item="100001", quantity=-5 * SCALE, operator="1001",
            is_subject=True,
        ),
    ),
)  # fmt: skip


class Desk:
    """``asked`` is what went out, the newest last. It is connected again after a restart."""

    def __init__(self, folder: Path, settings: Settings = Settings()) -> None:  # noqa: B008
        self.floor = Floor(folder, settings=settings, more=[SUPERVISOR, *STARTING])
        self.asked: list[Asked] = []
        self._connect()
        self.floor.sign_in("B-2001")

    def _connect(self) -> None:
        self.floor.desk.asking.connect(self.asked.append)

    def begin(self, script: str) -> View:
        """Begin a process; of what waits all is listed, whatever kinds there are."""
        view = self.say(".m", number_of(script))
        if self.asked and isinstance(self.asked[-1].ask, AskOverview):
            self.answer(OVERVIEW)
            view = self.say("0")
        return view

    def say(self, *texts: str | bytes) -> View:
        for text in texts:
            self.floor.say(text)
            self.floor.desk.asking.hand_out()
        return self.floor.desk.view()

    def answer(self, reply: Reply, ask: str | None = None) -> View:
        """Let the centre answer what was asked last, or another ask."""
        return self.hear(line_of(Heard(ask=self.asked[-1].id if ask is None else ask, reply=reply)))

    def hear(self, raw: bytes) -> View:
        self.floor.desk.take([Entry(raw, Source.CENTRE, self.floor.clock.stamp())])
        self.floor.desk.shown(self.floor.clock.stamp())
        self.floor.desk.asking.hand_out()
        return self.floor.desk.view()

    def restart(self) -> View:
        self.floor.restart()
        self._connect()
        return self.floor.desk.view()

    def kept(self) -> bytes:
        """Every byte that is on the disk of the device."""
        return b"".join(path.read_bytes() for path in self.floor.folder.glob("*") if path.is_file())
