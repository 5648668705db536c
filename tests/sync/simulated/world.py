"""The world of a seed: what happens to its devices, its network and its centre, and the laws when it calms down."""

import random
from collections.abc import Callable

from scanner_app.errors import StoreError
from sync.protocol import ExchangeRequest, Outcome
from tests.sync.simulated.centre import SUPERVISORS, WORKER, Centre
from tests.sync.simulated.clock import SECOND_US, TrueTime
from tests.sync.simulated.device import Device
from tests.sync.simulated.laws import (
    BrokenLawError,
    check_book,
    check_drained,
    check_heard,
    check_journal,
    check_watermark,
    check_words,
    law,
)
from tests.sync.simulated.network import Network

DEVICES_MAX = 5
DRAIN_TURNS_MAX = 400
DRAIN_S_MAX = 300.0


class World:
    def __init__(self, seed: int, centre: Centre) -> None:
        self.chance = random.Random(seed)
        self.centre = centre
        self.true = TrueTime()
        self.network = Network(centre, self.true, self.chance)
        self.devices: list[Device] = []
        self._copies: dict[str, bytes] = {}
        self._tellers: dict[str, Device] = {}
        for _ in range(self.chance.randint(1, 3)):
            self._install()

    def run(self) -> None:
        """Live for a while, calm down, and keep the laws."""
        for _ in range(self.chance.randint(10, 80)):
            self.chance.choices(_HAPPENINGS, _WEIGHTS)[0](self)
        self._calm()
        for device in self.devices:
            self._drain(device)
            check_drained(self.centre, device)
            check_journal(self.centre, device)
        check_book(self.centre)
        check_words(self.centre)
        self._agree()

    def _agree(self) -> None:
        """Once more round, so that everybody hears of everybody; a twin has lost its token to the other."""
        for device in self.devices:
            if self._is_known(device):
                self._drain(device)
        for device in self.devices:
            if self._is_known(device):
                check_drained(self.centre, device)
                check_journal(self.centre, device)
                check_heard(self.centre, device)

    def _is_known(self, device: Device) -> bool:
        newest = max(other.enrolment.epoch for other in self.devices if other.name == device.name)
        return device.enrolment.epoch == newest

    def _calm(self) -> None:
        self.network.has_faults = False
        for device in self.devices:
            device.has_faults = False
            if self.centre.is_revoked(device.enrolment.device):
                self._enrol(device)
        while self.network.deliver_late():
            pass

    def _drain(self, device: Device) -> None:
        """Let a device go on until it has nothing to say and nothing to hear; it may not take long.

        It asks once at least: a centre that was put back may look to it as if it were up to date.
        """
        begun_us, before = self.true.now_us, device.exchanges
        for _ in range(DRAIN_TURNS_MAX):
            is_quiet = device.exchanges > before and device.waiting == 0
            if is_quiet and self._has_all(device) and self._has_heard(device):
                break
            if device.state.contact == "refused":
                self._enrol(device)
            self.true.passes(device.turn())
        took_s = (self.true.now_us - begun_us) / SECOND_US
        law(device.waiting == 0 and self._has_all(device), "every outbox drains", device.name, device.state)
        law(took_s < DRAIN_S_MAX, "every outbox drains in bounded time", device.name, took_s)

    def _has_all(self, device: Device) -> bool:
        position = device.store.identity.position
        return (position.store_epoch, position.cursor) == (self.centre.store_epoch, self.centre.version())

    def _has_heard(self, device: Device) -> bool:
        return device.store.came_back.cursor(device.people) == len(self.centre.backs())

    def _install(self) -> Device:
        device = Device(f"d{len(self.devices)}", self.network, self.true, self.chance)
        self._adopt(device)
        self._enrol(device)
        return device

    def _adopt(self, device: Device) -> None:
        device.saw = self._saw
        self.devices.append(device)

    def _enrol(self, device: Device) -> None:
        before = device.store.identity.enrolment
        answer = self.centre.enrol(device.name, before.device if before else "", self.true.now_us)
        try:
            device.enrol(answer)
        except StoreError as error:
            raise BrokenLawError(f"an enrolment is taken: {device.name}, {answer.epoch}") from error

    def _saw(self, device: Device, request: ExchangeRequest) -> None:
        """An exchange came through: whose word is the watermark?"""
        name = device.enrolment.device
        if self.centre.watermark_us(name) == request.watermark_us:
            self._tellers[name] = device
        if self._tellers.get(name) is device and not device.is_doubtful and self.chance.random() < 0.3:
            check_watermark(self.centre, device)

    def any_device(self) -> Device:
        return self.chance.choice(self.devices)

    def scans(self) -> None:
        device = self.any_device()
        for _ in range(self.chance.randint(1, 4)):
            self.true.passes(self.chance.uniform(0.0, 40.0))
            device.scan()

    def annuls(self) -> None:
        self.any_device().annul()

    def decides(self) -> None:
        """A supervisor, or somebody who may not, says a word: mostly on what waits, having seen the last or none."""
        known = self.centre.events()
        if not known:
            return
        waiting = sorted(name for name, one in known.items() if one.outcome is not Outcome.POSTED)
        strange = [name for name in waiting if known[name].outcome is Outcome.QUARANTINED]
        names = strange if strange and self.chance.random() < 0.5 else waiting or sorted(known)
        name = self.chance.choice(names if self.chance.random() < 0.9 else sorted(known))
        word = self.chance.choice(_SAYABLE if self.chance.random() < 0.3 else _APT.get(known[name].outcome, _SAYABLE))
        last = max((one.number for one in self.centre.words() if one.subject == name), default=0)
        operator = self.chance.choice([*SUPERVISORS * 4, WORKER])
        self.any_device().decide(word, name, self.chance.choice([last, last, 0]), operator)

    def reads(self) -> None:
        """Whoever is signed on reads what came back; a device tells it once."""
        device = self.any_device()
        for operator in device.people:
            device.told.update(device.read_back(operator))
            law(max(device.told.values(), default=0) <= 1, "what came back is told once", device.name, device.told)

    def signs_on(self) -> None:
        self.any_device().sign_on(self.chance.choice((WORKER, WORKER, *SUPERVISORS)))

    def turns(self) -> None:
        """A device gets as far as its machine lets it; now and then it wakes too early."""
        device = self.any_device()
        for _ in range(self.chance.randint(1, 5)):
            wait_s = device.turn()
            self.true.passes(wait_s if self.chance.random() < 0.8 else wait_s / 2)

    def hears_news(self) -> None:
        self.any_device().news(self.centre.version())

    def restarts(self) -> None:
        device = self.any_device()
        if self.chance.random() < 0.5:
            device.clock.set_wall()
        device.start()

    def reboots(self) -> None:
        device = self.any_device()
        device.clock.set_wall()
        device.clock.reboot()
        device.start()

    def late_request_arrives(self) -> None:
        self.network.deliver_late()

    def centre_is_backed_up(self) -> None:
        self.centre.backup()

    def centre_is_restored(self) -> None:
        self._tellers.clear()
        self.centre.restore(is_told=self.chance.random() < 0.5)

    def is_backed_up(self) -> None:
        device = self.any_device()
        self._copies[device.name] = device.copy()

    def is_put_back(self) -> None:
        """From a backup: by the program, by hand and enrolled again, or by hand in silence.

        What another device has made, and sent, is nothing that the one in the backup could send again.
        """
        device = self.any_device()
        content = self._copies.get(device.name)
        if content is None:
            return
        self._tellers.pop(device.enrolment.device, None)
        way = self.chance.random()
        device.is_doubtful = True
        if way < 0.4:
            name, before = device.enrolment.device, device.made()
            device.restore(content)
            is_same = device.enrolment.device == name
            own = {one.id for one in before if is_same or one.outcome == Outcome.WAITING}
            lacking = own - {one.id for one in device.made()}
            law(not lacking, "a restore takes over what only the replaced file has", device.name, lacking)
            return
        device.put_back(content)
        if way < 0.7:
            self._enrol(device)

    def is_wiped(self) -> None:
        """Installed anew under its old name."""
        device = self.any_device()
        fresh = Device(device.name, self.network, self.true, self.chance)
        fresh.was_revoked = device.was_revoked
        self.devices.remove(device)
        self._adopt(fresh)
        self._enrol(fresh)

    def is_cloned(self) -> None:
        if len(self.devices) < DEVICES_MAX:
            device = self.any_device()
            self._adopt(Device(device.name, self.network, self.true, self.chance, device.copy()))
            self.devices[-1].has_taken_over = device.has_taken_over
            self.devices[-1].was_revoked = device.was_revoked
            device.is_doubtful = self.devices[-1].is_doubtful = True

    def is_revoked(self) -> None:
        """It is lost, or taken for lost, until it is enrolled again; what it sends meanwhile is quarantined."""
        name = self.any_device().name
        for device in self.devices:
            if device.name == name:
                device.was_revoked = True
                self.centre.revoke(device.enrolment.device)

    def is_enrolled_again(self) -> None:
        self._enrol(self.any_device())


_SAYABLE = ("seen", "void", "release", "let_in", "withdraw", "accept")
_APT = {
    Outcome.HELD: ("release", "release", "void"),
    Outcome.QUARANTINED: ("let_in", "let_in", "void"),
    Outcome.EXCEPTIONS: ("seen", "withdraw"),
    Outcome.VOID: ("withdraw",),
}
_WEIGHED: dict[Callable[[World], None], float] = {
    World.scans: 30,
    World.annuls: 8,
    World.decides: 14,
    World.reads: 6,
    World.signs_on: 2,
    World.turns: 40,
    World.hears_news: 3,
    World.restarts: 3,
    World.reboots: 2,
    World.late_request_arrives: 6,
    World.centre_is_backed_up: 2,
    World.centre_is_restored: 1.5,
    World.is_backed_up: 2,
    World.is_put_back: 1,
    World.is_wiped: 0.5,
    World.is_cloned: 0.5,
    World.is_revoked: 1,
    World.is_enrolled_again: 1,
}
_HAPPENINGS, _WEIGHTS = tuple(_WEIGHED), tuple(_WEIGHED.values())
