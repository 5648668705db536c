"""A shift of random entries, sensible ones and others: the book stays what the worker was shown, come what may."""

import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scanner_app.domain.catalog import Location, Plate, Profile, Stock
from scanner_app.domain.quantity import SCALE, whole
from scanner_app.session.context import Settings
from scanner_app.session.view.view import View
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.lookups.stock import Held
from tests.extent import extent
from tests.session.shelves import Shelves, book, plates
from tests.warehouse import CASE_GTIN, GTIN, PIN, Floor

pytestmark = pytest.mark.timeout(extent(120, 900))
"""A mistake is made as short as it can be before it is told, which takes its time."""
PALLET, TOTE, FRESH, STRANGER = "340123450000000017", "340123450000000024", "340123450000000048", "TOTE-7"
MORE = [
    Profile("single", mixes_items=False),
    Profile("pallets", plates_only=True),
    Location("MONO", "S", 20, "single", check_digits="47"),
    Location("PONLY", "S", 21, "pallets"),
    Plate(TOTE, "A-01-01"),
    Stock("MONO", "100005", "", "", "OWN", "AVAILABLE", whole(2)),
    Stock("A-01-05", "100003", "", "X-1", "OWN", "HOLD", whole(1)),
    Stock(PALLET, "100001", "", "", "OWN", "AVAILABLE", whole(20)),
    Stock(PALLET, "100002", "L1", "", "OWN", "AVAILABLE", whole(3)),
]
PLACES = ["A-01-01", "A-01-02", "A-01-03", "A-01-05", "LBL-B1", "BLOCKED", "CLOSED", "MONO", "MONO+47", "PONLY"]
PLATES = [PALLET, TOTE, FRESH, STRANGER]
GOODS = [GTIN, CASE_GTIN, "100001", "100002", "100003", "100005", f"]C101{CASE_GTIN}3024", "]C1010400638133394810L1"]
ANSWERS = {
    "Take from": PLACES + PLATES + GOODS,
    "Take it from": PLACES + PLATES,
    "Take what": GOODS,
    "Scan goods, or": GOODS + PLACES,
    "Put what": ["1", "2", *GOODS, TOTE],
    "Your hand is empty": [TOTE, PALLET, ".m"],
    "Nothing known": [*PLATES, ".m"],
    "How many": ["1", "2", "3", "5", "24", "101", "2 CS", GTIN, *PLACES],
    "Put where": PLACES + PLATES,
    "Where does it stand": PLACES + PLATES,
    "Which lot": ["L1", "L1", "L9"],
    "Which serial": ["X-1", "S-1", "X-2"],
    "Build which": PLATES,
    "Break which": PLATES,
    "Nest which": PLATES,
    "Onto which": PLATES,
    "Place for all": PLACES + GOODS,
    "What do you": ["1", "1", "2", "2", "3", "3", "4", "5"],
    "Scan your badge": ["B-1001"],
    "Type your PIN": [PIN],
    "Check digits": ["47", "58"],
}
"""What somebody may well answer, by how a prompt begins; to any other it is a number or the same again."""
NOISE = [
    "nonsense", "", "B-1001", "\x11\x10", "9", "SHARED", "1.5", "0", "1234567", "]C1\x1d\x1d", "@hand:1001",
    "key:F4", ".u", ".u", ".b", ".c", ".i", ".h", ".n", ".o", ".m", ".k",
]  # fmt: skip


class Shift(RuleBasedStateMachine):
    """One operator at one device."""

    policies: ClassVar[Policies] = Policies()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.floor = Floor(self.folder, settings=Settings(policies=self.policies), more=MORE)
        self.shelves = Shelves(self.floor)
        self.events = 0
        self.last = ""
        self.seen = self.floor.desk.view()

    def teardown(self) -> None:
        self.floor.close()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        self.floor.sign_in()

    def enter(self, line: str) -> View:
        """One entry, after which everything has to be as it should."""
        before = self.seen = self.seen_last()
        after = self.floor.say(line)
        self.last = line
        if (events := len(self.floor.events())) != self.events:
            assert events == self.events + 1, "one entry books one event at most"
            self.events = events
            self.shelves.follow(before, line, after)
        self.check()
        return after

    def seen_last(self) -> View:
        """What the worker knows of the work: help covers it, and is not forgotten for that."""
        return self.seen if self.floor.session.stack.play.is_helped else self.floor.desk.view()

    @rule(data=st.data(), count=st.integers(4, 16))
    def work(self, data: st.DataObject, count: int) -> None:
        """Answers that fit their questions, more or less."""
        for _ in range(count):
            self.enter(data.draw(st.sampled_from(self.sensible())))

    def sensible(self) -> list[str]:
        view = self.floor.desk.view()
        if view.halted:
            return [".k"]
        found = next((answers for prompt, answers in ANSWERS.items() if view.prompt.startswith(prompt)), ["1", "2"])
        return [self.last, self.last, self.last] if "gain" in view.message + view.prompt else found

    @rule(lines=st.lists(st.sampled_from(NOISE), min_size=1, max_size=4))
    def stumble(self, lines: list[str]) -> None:
        for line in lines:
            self.enter(line)

    @rule(place=st.sampled_from(["A-01-02", "A-01-05"]), pieces=st.integers(1, 3), times=st.integers(1, 5))
    def work_ahead(self, place: str, pieces: int, times: int) -> None:
        """Whole moves scanned faster than anything is shown, where there is nothing to ask back."""
        self.enter(".k")
        if self.enter(".m").title != "Menu" or not self.is_plain("A-01-01", pieces * times):
            return
        self.floor.burst("1", "A-01-01", *[GTIN, str(pieces), place] * times)
        self.events += times
        assert len(self.floor.events()) == self.events
        for _ in range(times):
            self.shelves.move(("100001", "", ""), pieces * SCALE, "A-01-01", place)

    def is_plain(self, place: str, pieces: int) -> bool:
        """Say whether one kind of pens is there, and more than that of it."""
        rows = self.floor.store.catalog.held(Held(place, "100001")).rows
        kinds = {(row.owner, row.status) for row in rows}
        return kinds == {("OWN", "AVAILABLE")} and rows[0].quantity > pieces * SCALE

    @rule()
    def restart(self) -> None:
        before = self.floor.desk.view()
        after = self.floor.restart()
        shown = ("title", "prompt", "lines", "listed", "halted", "page")
        assert [getattr(after, name) for name in shown] == [getattr(before, name) for name in shown]

    @invariant()
    def check(self) -> None:
        view = self.floor.desk.view()
        assert view.prompt, "there is always a question"
        assert self.floor.session.stack.play.question is not None
        database = self.floor.store.file.database
        assert database.execute("SELECT 1 FROM verdict WHERE outcome = 'broken' LIMIT 1").fetchone() is None
        assert book(self.floor) == self.shelves.held()
        assert plates(self.floor) == self.shelves.plates


class CountingShift(Shift):
    """Where pieces are counted and places have to be proved."""

    policies = Policies(check_digits="always", piece_by_piece=True)


@pytest.mark.parametrize("kind", [Shift, CountingShift])
@pytest.mark.parametrize("text", ["nonsense", "2 CS", "hand:1001", "9"])
@pytest.mark.parametrize(
    "ways",
    [
        [("Take", ["A-01-05", "100003", "{text}", "{text}"]), ("Put", ["1", "{text}", "A-01-02"])],
        [("Take", ["A-01-05", "100003", "{text}", "{text}"]), ("Put", ["100003", "A-01-02"])],
        [("Plates", ["1", TOTE, "A-01-05", "100003", "{text}", "{text}"]), ("Plates", ["2", TOTE, "A-01-02"])],
        [("Move", ["A-01-05", "100003", "{text}", "{text}", "A-01-02"])],
        [("Move", ["A-01-02", "100002", "{text}", "{text}", "1", "1", "A-01-05"])],
        [("Take", ["A-01-02", "100002", "{text}", "{text}", "1", "1"]), ("Put", ["1", "1", "A-01-05"])],
    ],
)
def test_a_lot_or_serial_of_any_text_is_followed(
    kind: type[Shift], text: str, ways: list[tuple[str, list[str]]]
) -> None:
    """It is entered twice, as nobody knows it, and may look like anything else."""
    shift = kind()
    shift.begin()
    for title, lines in ways:
        menu = shift.enter(".m") if shift.enter(".k").title != "Menu" else shift.floor.desk.view()
        shift.enter(next(line.label for line in menu.listed if line.text == title))
        for line in lines:
            shift.enter(line.format(text=text))
    assert shift.events
    shift.teardown()


SETTINGS = settings(
    max_examples=extent(4, 40),
    stateful_step_count=extent(20, 100),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestShift = Shift.TestCase
TestShift.settings = SETTINGS
TestCountingShift = CountingShift.TestCase
TestCountingShift.settings = SETTINGS
