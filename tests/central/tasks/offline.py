"""People who work at tasks while their devices are offline: each does what the device knows, and tells it later."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from scanner_app.domain.work.lease import LEASE_US, Lease, extended, may_work

TICK_US = LEASE_US // 4


class Ask(NamedTuple):
    """Somebody asks for a task; ``until_us`` says how long."""

    at_us: int
    task: int
    until_us: int


class Entry(NamedTuple):
    """An entry in the count of a task, which does it."""

    at_us: int
    task: int


Told = Ask | Entry


class Centre(Protocol):
    """What an exchange of a device is at the centre."""

    def exchange(self, device: str, told: list[Told], told_us: int) -> Mapping[int, str]:
        """Take what a device tells, all of it up to an instant; return who has each task that is still to be done."""
        ...


class Device:
    """One person at one device: a lease counts once the centre has answered, and until its own end."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: Mapping[int, str] = {}
        self.done: list[int] = []
        self._waiting: list[Told] = []
        self._asked: dict[int, Lease] = {}
        self._told: set[int] = set()

    def ask(self, task: int, now_us: int, ticks: int) -> None:
        """Ask for a task that nobody else has, by what is known here."""
        if self.rows.get(task, "?") in ("", self.name):
            self._waiting.append(Ask(now_us, task, now_us + ticks * TICK_US))
            self._told.discard(task)
            before = self._asked.get(task)
            until_us = max(now_us + ticks * TICK_US, before.until_us if before else 0)
            self._asked[task] = Lease(self.name, self.name, until_us)

    def work(self, task: int, now_us: int) -> None:
        """Do a task if that may be done here now."""
        if task in self._told and self.rows.get(task) == self.name and may_work(self._asked.get(task), now_us):
            self._waiting.append(Entry(now_us, task))
            self._asked = {one: extended(lease, now_us) for one, lease in self._asked.items()}
            self.rows = {one: who for one, who in self.rows.items() if one != task}
            self.done.append(task)

    def exchange(self, centre: Centre, now_us: int) -> None:
        """Tell all, and hear who has what."""
        self.rows = centre.exchange(self.name, self._waiting, now_us)
        self._waiting = []
        self._told = set(self._asked)


class Step(NamedTuple):
    """What the device ``who`` does next, so many ticks later."""

    who: int
    deed: str
    task: int
    ticks: int
    wait: int


def walked(centre: Centre, steps: list[Step], names: list[str]) -> Iterator[int]:
    """Let people work; yield every task that was done, as often as it was."""
    devices = [Device(name) for name in names]
    now_us = LEASE_US
    for device in devices:
        device.exchange(centre, now_us)
    for step in steps:
        now_us += step.wait * TICK_US + 1
        device = devices[step.who % len(devices)]
        if step.deed == "ask":
            device.ask(step.task, now_us, step.ticks)
        elif step.deed == "work":
            device.work(step.task, now_us)
        else:
            device.exchange(centre, now_us)
    for device in devices:
        yield from device.done
