"""What came back: a word said at one device changes what became of an event at another, and its worker hears of it."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import msgspec

from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.quantity import SCALE
from scanner_app.errors import BusyError
from scanner_app.store.log import AtWork
from sync.central.audit.verification import verify
from sync.device.client import Client
from sync.device.failure import Rejected
from sync.protocol import Answer, ExchangeRequest
from tests.central.warehouse import SITE, move
from tests.sync.centre import Centre
from tests.sync.handheld import Handheld, stamp, until

WORKER, SUPERVISOR = "w1", "s1"


def post(device: Handheld, fact: Fact, operator: str) -> str:
    """Make an event at a device, unsent; return its id."""
    enrolment, at, name = device.store.identity.enrolment, stamp(), str(uuid4())
    assert enrolment is not None
    number = device.store.journal.next_sequence(enrolment.epoch)
    made = Event(
        id=name, device=enrolment.device, epoch=enrolment.epoch, sequence=number, entry=number, site=SITE,
        operator=operator, wall_us=at.wall_us, monotonic_us=at.monotonic_us, boot=at.boot, program="test", fact=fact,
    )  # fmt: skip
    with device.store.transaction:
        device.store.journal.post(made, None)
    return name


def held(device: Handheld) -> str:
    """A worker's move of goods that nobody knows; the centre holds it."""
    name = post(device, move("A", "C", 2, "WHAT", at_us=stamp().wall_us), WORKER)
    device.sync()
    assert outcome(device, name) == "held"
    return name


def say(device: Handheld, word: str, name: str, operator: str = SUPERVISOR) -> str:
    said = post(device, Decided(stamp().wall_us, word, (Subject("event", name),)), operator)
    device.sync()
    return said


def supervisors(centre: Centre, *operators: str) -> None:
    """Have more supervisors, each a person."""
    kept = "verifier, roles, language, active, version FROM operators WHERE operator = 's1'"
    names = "site, operator, name, badge, person, verifier, roles, language, active, version"
    store = centre.store()
    with store.writing() as connection:
        for one in operators:
            values = f"site, '{one}', name, '{one}', '', {kept}"
            connection.exec_driver_sql(f"INSERT INTO operators ({names}) SELECT {values}")
    store.close()


def outcome(device: Handheld, name: str) -> str:
    (found,) = device.store.file.database.execute("SELECT outcome FROM event WHERE id = ?", (name,)).fetchone()
    return str(found)


def sign_on(device: Handheld, *operators: str) -> None:
    with device.store.transaction:
        for number, operator in enumerate(operators):
            device.store.log.sign_on(f"s{number}", AtWork(operator, operator, stamp().wall_us))


def on_hand(device: Handheld, place: str, item: str) -> int:
    asked = "SELECT coalesce(sum(quantity), 0) FROM {0} WHERE place = ? AND item = ?"
    rows = (device.store.file.database.execute(asked.format(name), (place, item)) for name in ("stock", "overlay"))
    return sum(int(row.fetchone()[0]) for row in rows) // SCALE


def test_what_is_void_comes_back_to_the_device_that_made_it(
    handheld: Handheld, another: Callable[[str], Handheld]
) -> None:
    desk, name = another("desk"), held(handheld)
    say(desk, "void", name)
    handheld.sync()
    assert outcome(handheld, name) == "void"
    assert handheld.store.journal.held(WORKER) == 0
    (back,) = handheld.store.came_back.unread(WORKER)
    assert (back.event, back.outcome, back.by_whom, back.place, back.item) == (name, "void", SUPERVISOR, "A", "WHAT")


def test_what_is_booked_by_a_word_counts_as_stock_here(
    handheld: Handheld, another: Callable[[str], Handheld], centre: Centre
) -> None:
    desk, name = another("desk"), held(handheld)
    post(desk, Identified(stamp().wall_us, name, "WHAT", "NUT", "CS"), SUPERVISOR)
    desk.sync()
    handheld.sync()
    assert outcome(handheld, name).startswith("posted")
    assert (on_hand(handheld, "C", "NUT"), on_hand(handheld, "C", "WHAT")) == (24, 0)
    store = centre.store()
    assert verify(store) == []
    store.close()


def test_it_is_told_once_wherever_the_worker_reads_it(handheld: Handheld, another: Callable[[str], Handheld]) -> None:
    desk, other, name = another("desk"), another("other"), held(handheld)
    sign_on(handheld, WORKER)
    handheld.sync()
    say(desk, "void", name)
    handheld.sync()
    with handheld.store.transaction:
        handheld.store.came_back.read([back.number for back in handheld.store.came_back.unread(WORKER)])
    assert handheld.store.came_back.unread(WORKER) == ()
    handheld.sync()
    sign_on(other, WORKER)
    other.sync()
    assert other.store.came_back.unread(WORKER) == ()
    assert [back.event for back in other.store.came_back.newest(WORKER)] == [name]


def test_whoever_signs_on_later_hears_what_came_back_before(
    handheld: Handheld, another: Callable[[str], Handheld]
) -> None:
    desk, other, name = another("desk"), another("other"), held(handheld)
    say(desk, "void", name)
    sign_on(other, SUPERVISOR)
    other.sync()
    assert other.store.came_back.newest(WORKER) == ()
    sign_on(other, SUPERVISOR, WORKER)
    other.sync()
    assert [back.event for back in other.store.came_back.unread(WORKER)] == [name]


def test_a_word_that_came_too_late_is_told_to_who_said_it(
    handheld: Handheld, another: Callable[[str], Handheld], centre: Centre
) -> None:
    desk, name = another("desk"), held(handheld)
    supervisors(centre, "s2")
    say(desk, "void", name)
    late = say(desk, "release", name, "s2")
    (back,) = desk.store.came_back.unread("s2")
    assert (back.event, back.reasons, back.by_whom, back.subjects) == (late, ("already_decided",), SUPERVISOR, 1)
    assert outcome(desk, late).startswith("posted")


def test_what_came_back_is_forgotten_with_the_centre_that_numbered_it(
    handheld: Handheld, another: Callable[[str], Handheld], centre: Centre, tmp_path: Path
) -> None:
    """A centre that is put back numbers anew: what it still has comes back once more, and the rest is no more."""
    desk, name = another("desk"), held(handheld)
    backup = centre.backup(tmp_path / "backup.db")
    say(desk, "void", name)
    handheld.sync()
    assert outcome(handheld, name) == "void"
    centre.restore(backup)
    for _ in range(3):
        handheld.sync()
    assert (outcome(handheld, name), handheld.store.came_back.newest(WORKER)) == ("held", ())


def _pushed(client: Client, made: Event) -> Answer:
    """Push one event, again while its device has too many requests under way."""
    request = ExchangeRequest(epoch=1, events=(msgspec.Raw(msgspec.json.encode(made)),), back=0)
    answers: list[Answer] = []

    def is_answered() -> bool:
        try:
            answer = client.prepared(request)()
        except BusyError:
            return False
        assert not isinstance(answer, Rejected)
        answers.extend(answer.answers)
        return True

    until(is_answered, "the word is answered")
    return answers[0]


def test_fifty_supervisors_at_fifty_devices_decide_one_case_at_once(
    handheld: Handheld, another: Callable[[str], Handheld], centre: Centre
) -> None:
    """One word rules, and 49 are told by whom and when: over the real service, all at the same moment."""
    name, many = held(handheld), 50
    supervisors(centre, *(f"x{number}" for number in range(many)))
    store = centre.store()
    desks = [another(f"desk{number}") for number in range(5)]
    made = []
    for number in range(many):
        desk = desks[number % len(desks)]
        enrolment = desk.store.identity.enrolment
        assert enrolment is not None
        word = ("void", "release", "seen")[number % 3]
        fact = Decided(time.time_ns() // 1000, word, (Subject("event", name),))
        made.append(Event(
            id=str(uuid4()), device=enrolment.device, epoch=enrolment.epoch, sequence=number + 1, entry=number + 1,
            site=SITE, operator=f"x{number}", wall_us=fact.wall_us, monotonic_us=1, boot="b", program="test", fact=fact,
        ))  # fmt: skip
    tries = [(desks[number % len(desks)].connect(desks[number % len(desks)].store.identity.enrolment), one)  # type: ignore[arg-type]
             for number, one in enumerate(made)]  # fmt: skip
    with ThreadPoolExecutor(many) as pool:
        answers = list(pool.map(lambda pair: _pushed(*pair), tries))
    with store.reading() as connection:
        said = connection.exec_driver_sql("SELECT is_valid, why, by, by_us, operator FROM words ORDER BY number").all()
        told = connection.exec_driver_sql("SELECT operator, by FROM came_back WHERE subjects = 1").all()
    rules = [row for row in said if row.is_valid]
    assert len(said) == many
    assert len(rules) == 1
    before = [row for row in said if not row.is_valid and not row.by]
    after = [row for row in said if not row.is_valid and row.by]
    assert {row.why for row in before} <= {"not_waiting", "still_held"}, "words that came first and did not apply"
    assert {(row.why, row.by) for row in after} == {("already_decided", rules[0].operator)}
    assert all(row.by_us > 0 for row in after)
    assert len(told) == many - 1
    assert sum("already_decided" in answer.reasons for answer in answers) == len(after)
    assert verify(store) == []
    store.close()
