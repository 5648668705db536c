"""What exchanges carry of people: one operator at two devices is said, and a lock is lifted by the centre."""

from collections.abc import Callable

from scanner_app.domain.clock import Stamp
from scanner_app.domain.lockout import Failures
from scanner_app.domain.people import SHIFT_US
from scanner_app.store.log import AtWork
from scanner_app.store.sign_in_failures import of_session
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Push, push
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import revoke_device
from sync.protocol import Elsewhere, ExchangeAnswer, ExchangeRequest, SignedOn
from tests.central.warehouse import SITE
from tests.sync.centre import Centre
from tests.sync.handheld import Handheld, stamp

DEVICE = of_session("main")
WORKER = "w1"


def sign_on(device: Handheld, operator: str) -> None:
    with device.store.transaction:
        device.store.log.sign_on("main", AtWork(operator, operator, stamp().wall_us))


def fail(device: Handheld, whose: str, count: int) -> None:
    with device.store.transaction:
        device.store.failures.keep(whose, Failures(count, Stamp(1, 1, "boot")))


def others(device: Handheld) -> list[tuple[str, str]]:
    device.sync()
    return [(one.operator, one.device) for one in device.store.identity.elsewhere]


def elsewhere(store: CentralStore, device: str, at_us: int) -> tuple[Elsewhere, ...]:
    """Where else the worker is, as a device is answered that says so."""
    asking = ExchangeRequest(epoch=1, signed_on=SignedOn(WORKER, 1))
    return push(store, SITE, [Push(Sender(SITE, device, 1), asking, at_us)])[0].elsewhere


def test_one_operator_at_two_devices_is_told_to_both_until_one_signs_out(
    handheld: Handheld, another: Callable[[str], Handheld]
) -> None:
    second = another("two")
    sign_on(handheld, WORKER)
    assert others(handheld) == []
    sign_on(second, WORKER)
    assert others(second) == [(WORKER, "one")]
    assert others(handheld) == [(WORKER, "two")]
    sign_on(handheld, "")
    assert others(handheld) == []
    assert others(second) == []


def test_another_operator_at_another_device_is_no_news(handheld: Handheld, another: Callable[[str], Handheld]) -> None:
    second = another("two")
    sign_on(handheld, WORKER)
    sign_on(second, "w2")
    assert (others(handheld), others(second), others(handheld)) == ([], [], [])


def test_since_when_is_told_by_the_centres_clock(handheld: Handheld, another: Callable[[str], Handheld]) -> None:
    second = another("two")
    handheld.sync()
    sign_on(handheld, WORKER)
    handheld.sync()
    sign_on(second, WORKER)
    second.sync()
    (one,) = second.store.identity.elsewhere
    assert abs(one.since_us - now_us()) < 60_000_000


def test_a_device_that_is_revoked_or_long_unheard_of_is_no_company(
    handheld: Handheld, another: Callable[[str], Handheld], centre: Centre
) -> None:
    second = another("two")
    sign_on(second, WORKER)
    second.sync()
    store = centre.store()
    enrolment = handheld.store.identity.enrolment
    assert enrolment is not None
    assert len(elsewhere(store, enrolment.device, now_us())) == 1
    assert elsewhere(store, enrolment.device, now_us() + SHIFT_US) == ()
    assert second.store.identity.enrolment is not None
    revoke_device(store, SITE, second.store.identity.enrolment.device)
    assert elsewhere(store, enrolment.device, now_us()) == ()
    store.close()


def test_a_lock_is_lifted_by_an_exchange_after_it_if_the_site_knows_the_operator(handheld: Handheld) -> None:
    handheld.sync()
    for whose, count in ((WORKER, 10), ("gone", 12), (DEVICE, 20), ("w2", 9)):
        fail(handheld, whose, count)
    handheld.sync()
    assert handheld.store.failures.locked() == ("gone",)
    assert {whose: kept.count for whose, kept in handheld.store.failures.all().items()} == {
        WORKER: 5, "gone": 12, DEVICE: 10, "w2": 9,
    }  # fmt: skip


def test_the_lock_of_a_session_is_lifted_as_the_device_and_told_without_its_name(handheld: Handheld) -> None:
    from sync.device.signed_on import present, told

    fail(handheld, of_session("tty2"), 20)
    assert told(present(handheld.store).locked) == ("",)
    handheld.sync()
    assert handheld.store.failures.locked() == ()


def test_a_lock_put_on_while_an_exchange_is_under_way_stays(handheld: Handheld) -> None:
    from sync.device.signed_on import keep_answer, present

    before = present(handheld.store)
    fail(handheld, WORKER, 10)
    with handheld.store.transaction:
        keep_answer(handheld.store, before, ExchangeAnswer(store_epoch="x", known=(WORKER,)))
    assert handheld.store.failures.locked() == (WORKER,)


def test_a_device_that_says_nothing_of_people_changes_nothing(handheld: Handheld, centre: Centre) -> None:
    sign_on(handheld, WORKER)
    handheld.sync()
    enrolment = handheld.store.identity.enrolment
    assert enrolment is not None
    answer = handheld.connect(enrolment).exchange(ExchangeRequest(epoch=enrolment.epoch, rows_max=0))
    assert isinstance(answer, ExchangeAnswer)
    store = centre.store()
    assert [one.device for one in elsewhere(store, "other", now_us())] == ["one"]
    store.close()
