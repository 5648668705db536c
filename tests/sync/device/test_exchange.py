"""Full exchanges in the calling thread, against the real centre over HTTP."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from scanner_app.errors import LinkError, RefusedError
from scanner_app.store.identity import Enrolment, Identity
from sync.device.client import enrol
from sync.device.full_sync import unhurried
from sync.protocol import EnrolRequest
from tests.central.warehouse import SITE
from tests.sync.centre import Centre, Key
from tests.sync.handheld import FAST, Handheld
from tests.sync.proxy import Proxy


def test_everything_goes_up_and_everything_comes_down(handheld: Handheld, centre: Centre) -> None:
    first = handheld.sync()
    assert (first.pushed, first.waiting) == (0, 0)
    assert first.pulled > 0
    assert handheld.on_hand() == centre.on_hand()
    for pieces in range(1, 6):
        handheld.move(pieces=pieces)
    done = handheld.sync()
    assert (done.pushed, done.waiting, done.outcomes) == (5, 0, {"posted": 5})
    assert len(centre.event_ids()) == 5
    assert handheld.on_hand() == centre.on_hand()
    assert handheld.store.file.database.execute("SELECT count(*) FROM overlay").fetchone() == (0,)


def test_a_first_pull_knows_how_far_it_is_and_that_it_is_not_finished(handheld: Handheld) -> None:
    """The file remembers it, so that a device that is started again in the middle still says what it is doing."""
    seen: list[tuple[bool, int, int]] = []
    identity = handheld.store.identity

    def look() -> None:
        kept = Identity(handheld.store.file.database)
        seen.append((kept.is_whole, kept.position.cursor, identity.site_version))

    _after_each_commit(handheld, look)
    handheld.sync(replace(FAST, pull_rows_max=3, transaction_rows_max=2))
    assert any(not is_whole and 0 < cursor < version for is_whole, cursor, version in seen)
    is_whole, cursor, version = seen[-1]
    assert is_whole
    assert cursor == version > 0


def test_nothing_to_do_is_one_exchange(handheld: Handheld) -> None:
    handheld.sync()
    again = handheld.sync()
    assert (again.pushed, again.pulled, again.waiting) == (0, 0, 0)


def test_each_exchange_tells_how_much_is_still_behind_it(handheld: Handheld, centre: Centre) -> None:
    handheld.sync()
    handheld.moves(10)
    store = centre.store()
    with store.writing() as connection:
        connection.execute(text("CREATE TABLE noted (waiting INTEGER)"))
        note = "CREATE TRIGGER note AFTER UPDATE ON devices BEGIN INSERT INTO noted VALUES (new.waiting); END"
        connection.execute(text(note))
    handheld.sync(replace(FAST, push_batch_max=4))
    with store.reading() as connection:
        told = connection.execute(text("SELECT waiting FROM noted ORDER BY rowid")).scalars().all()
    store.close()
    assert list(dict.fromkeys(told)) == [6, 2, 0]
    assert centre.waiting() == 0


def test_events_made_before_the_first_exchange_are_settled_by_the_centres_clock(
    handheld: Handheld, centre: Centre
) -> None:
    handheld.moves(450)
    assert handheld.sync().pushed == 450
    unsettled = handheld.store.file.database.execute("SELECT count(*) FROM event WHERE is_settled = 0").fetchone()
    assert unsettled == (0,)
    assert handheld.on_hand() == centre.on_hand()


def test_after_a_reboot_the_clock_is_measured_before_anything_is_settled(handheld: Handheld, centre: Centre) -> None:
    """The offset of the last boot would do, but this boot's knows exactly how long ago a scan was."""
    handheld.sync()
    known = handheld.store.identity.offset
    assert known is not None
    stale = replace(known, offset_us=3_600_000_000, at=replace(known.at, boot="the boot before"))
    handheld.job(lambda: handheld.store.identity.set_offset(stale))
    handheld.move()
    assert handheld.sync().outcomes == {"posted": 1}
    assert abs(handheld.store.journal.settled_us - known.at.wall_us) < 60_000_000


@pytest.mark.parametrize("seed", range(12))
def test_stock_and_overlay_are_right_after_every_transaction(handheld: Handheld, centre: Centre, seed: int) -> None:
    """One device alone knows the truth all the time, however its events, answers and rows are cut."""
    chance = random.Random(seed)
    push, pull, size = (chance.choice([1, 2, 3, 5, 8, 200]) for _ in range(3))
    handheld.sync()
    for number in range(12):
        source, target = chance.sample("ABC", 2)
        handheld.move(source, target, pieces=1 + number % 3)
    expected = handheld.on_hand()
    cuts = replace(FAST, push_batch_max=push, pull_rows_max=pull, transaction_rows_max=size)
    balances: list[dict[Key, int]] = []
    _after_each_commit(handheld, lambda: balances.append(handheld.on_hand()))
    handheld.sync(cuts)
    assert len(balances) > 3
    assert all(balance == expected for balance in balances)
    assert centre.on_hand() == expected


def _after_each_commit(handheld: Handheld, look: Callable[[], None]) -> None:
    """Let every job of the exchange be followed by a look."""
    transaction = handheld.store.transaction

    class Watched:
        def __enter__(self) -> None:
            transaction.__enter__()

        def __exit__(self, *trouble: object) -> None:
            transaction.__exit__(*trouble)  # type: ignore[arg-type]
            look()

    handheld.store.transaction = Watched()  # type: ignore[assignment]


def test_answers_lost_after_the_commit_come_again_as_duplicates(centre: Centre, proxy: Proxy, tmp_path: Path) -> None:
    device = Handheld(tmp_path / "two").enrol(centre, "two", proxy.url)
    device.sync()
    for _ in range(20):
        device.move()
    for _ in range(3):
        proxy.cuts = 1
        with pytest.raises(LinkError):
            device.sync()
        assert device.waiting == 20
    assert len(centre.event_ids()) == 20
    assert device.sync().outcomes == {"posted": 20}
    assert proxy.cut == 3
    assert (len(centre.event_ids()), len(centre.causes())) == (20, 20 * 4)
    assert device.on_hand() == centre.on_hand()
    device.close()


def test_a_restored_centre_gets_everything_again(handheld: Handheld, centre: Centre, tmp_path: Path) -> None:
    handheld.sync()
    for _ in range(3):
        handheld.move()
    handheld.sync()
    backup = centre.backup(tmp_path / "backup.db")
    for _ in range(10):
        handheld.move()
    handheld.sync()
    life = handheld.store.identity.position.store_epoch
    before = handheld.on_hand()
    centre.restore(backup)
    assert len(centre.event_ids()) == 3
    done = handheld.sync()
    assert (done.pushed, done.waiting) == (13, 0)
    assert handheld.store.identity.position.store_epoch != life
    assert len(centre.event_ids()) == 13
    assert handheld.on_hand() == centre.on_hand() == before


def test_a_centre_restored_from_before_an_enrolment_loses_nothing(
    centre: Centre, another: Callable[[str], Handheld], tmp_path: Path
) -> None:
    """It has forgotten the device, its token and its id; enrolled again, the device is who it was."""
    backup = centre.backup(tmp_path / "backup.db")
    device = another("morning")
    before = device.store.identity.enrolment
    device.moves(5)
    device.sync()
    centre.restore(backup)
    device.moves(3)
    with pytest.raises(RefusedError):
        device.sync()
    device.enrol(centre, "morning")
    after = device.store.identity.enrolment
    assert before is not None
    assert after is not None
    assert (after.device, after.epoch > before.epoch) == (before.device, True)
    assert device.sync().outcomes == {"posted": 8}
    assert device.on_hand() == centre.on_hand()


def test_beginning_again_is_cut_into_small_transactions(handheld: Handheld, centre: Centre, tmp_path: Path) -> None:
    """However much is to be cleared and queued again, an entry waits for one portion at most."""
    handheld.sync()
    backup = centre.backup(tmp_path / "backup.db")
    handheld.moves(40)
    handheld.sync()
    centre.restore(backup)
    changes: list[int] = []
    database = handheld.store.file.database
    seen = database.total_changes

    def look() -> None:
        nonlocal seen
        if handheld.store.identity.restarted is not None:
            changes.append(database.total_changes - seen)
        seen = database.total_changes

    _after_each_commit(handheld, look)
    handheld.sync(replace(FAST, transaction_rows_max=5))
    assert len(centre.event_ids()) == 40
    assert handheld.on_hand() == centre.on_hand()
    assert len(changes) > 10
    assert max(changes) <= 5 * _CHANGES_PER_EVENT_MAX


_CHANGES_PER_EVENT_MAX = 8
"""The event, its outbox row, two overlay rows gone and two new, and what is noted of the restart."""


def test_bad_events_are_set_aside_and_block_nothing(handheld: Handheld, centre: Centre) -> None:
    handheld.sync()
    for _ in range(30):
        handheld.move()
    handheld.move(operator="x" * 300)
    for _ in range(9):
        handheld.move()
    _garble(handheld, number=18)
    done = handheld.sync()
    assert done.waiting == 0
    outcomes = Counter(outcome for outcome, _ in handheld.outcomes())
    assert outcomes == {"not_accepted": 2, "posted": 38}
    assert [reasons for outcome, reasons in handheld.outcomes() if outcome == "not_accepted"] == ['["malformed"]'] * 2
    assert len(centre.event_ids()) == 38
    assert handheld.on_hand() == centre.on_hand()


def _garble(handheld: Handheld, number: int) -> None:
    """Break an event so that no request with it can be read."""
    broken = "UPDATE event SET payload = ? WHERE number = ?"
    with handheld.store.transaction:
        handheld.store.file.database.execute(broken, (b'{"broken', number))


def test_a_code_is_good_once(centre: Centre) -> None:
    code = centre.invite()
    assert enrol(centre.url, EnrolRequest(code=code, name="three"), FAST).site == SITE
    with pytest.raises(RefusedError, match="enrolment code"):
        enrol(centre.url, EnrolRequest(code=code, name="four"), FAST)


def test_a_strange_token_is_refused_and_nothing_is_lost(handheld: Handheld) -> None:
    enrolment = handheld.store.identity.enrolment
    assert enrolment is not None
    handheld.sync()
    handheld.move()
    handheld.job(lambda: handheld.store.identity.enrol(replace(enrolment, token="stranger")))
    with pytest.raises(RefusedError, match="enrol the device again"):
        handheld.sync()
    assert handheld.waiting == 1
    handheld.job(lambda: handheld.store.identity.enrol(enrolment))
    assert handheld.sync().pushed == 1


def test_a_captive_portal_is_not_the_centre(handheld: Handheld, centre: Centre) -> None:
    """An answer of 200 with something else in it is: try again."""
    enrolment = handheld.store.identity.enrolment
    assert isinstance(enrolment, Enrolment)
    handheld.sync()
    handheld.move()
    handheld.job(lambda: handheld.store.identity.enrol(replace(enrolment, url=centre.url + "/health?")))
    with pytest.raises(LinkError):
        handheld.sync()
    assert handheld.waiting == 1


def test_a_long_sync_does_not_let_the_log_grow(handheld: Handheld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner_app.store.file.WAL_BYTES_MAX", 0)
    monkeypatch.setattr("scanner_app.store.file.WAL_BYTES_LONG", 16 * 1024)
    was_long: list[bool] = []
    _after_each_commit(handheld, lambda: was_long.append(handheld.store.file.is_log_long))
    handheld.moves(20)
    handheld.sync(unhurried(FAST))
    assert any(was_long)
    assert not handheld.store.file.is_log_long
