"""What an exchange asks of the work thread: a move goes up and comes back by short jobs, much of anything does not."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from sync.device.exchanger import Exchanger
from sync.device.happenings import Exchanged
from sync.device.jobs import directly
from sync.device.machine import Exchange
from tests.sync.handheld import FAST, Handheld, stamp

T = TypeVar("T")


class Jobs:
    """Runs jobs at once, and remembers which of them were called short."""

    def __init__(self, handheld: Handheld) -> None:
        self.are_short: list[bool] = []
        self._directly = directly(handheld.store)

    def __call__(self, job: Callable[[], T], /, *, is_short: bool = False) -> T:
        self.are_short.append(is_short)
        return self._directly(job)


@pytest.mark.parametrize(("moves", "are_short"), [(1, [True, True]), (10, [True, True]), (60, [False, False])])
def test_only_what_is_small_is_short(handheld: Handheld, moves: int, are_short: list[bool]) -> None:
    handheld.sync()
    handheld.moves(moves)
    jobs = Jobs(handheld)
    exchanger = _exchanger(handheld, jobs)
    exchanger.exchange(Exchange(1_000))
    jobs.are_short.clear()
    handheld.moves(moves)
    exchanger.exchange(Exchange(1_000))
    assert jobs.are_short == are_short
    assert handheld.waiting == 0


def test_what_was_taken_early_is_sent_as_it_is(handheld: Handheld) -> None:
    handheld.sync()
    jobs = Jobs(handheld)
    exchanger = _exchanger(handheld, jobs)
    exchanger.exchange(Exchange(1_000))
    jobs.are_short.clear()
    handheld.move()
    done = exchanger.exchange(Exchange(1_000), exchanger.take_early())
    assert isinstance(done, Exchanged)
    assert (done.sent, done.waiting, jobs.are_short) == (1, 0, [True])


def test_what_was_taken_early_is_taken_again_when_fewer_are_to_go(handheld: Handheld) -> None:
    handheld.sync()
    handheld.moves(3)
    exchanger = _exchanger(handheld, Jobs(handheld))
    done = exchanger.exchange(Exchange(1), exchanger.take_early())
    assert isinstance(done, Exchanged)
    assert (done.sent, done.waiting) == (1, 2)


def test_many_are_not_taken_early(handheld: Handheld) -> None:
    handheld.sync()
    handheld.moves(11)
    assert _exchanger(handheld, Jobs(handheld)).take_early() is None


def _exchanger(handheld: Handheld, jobs: Jobs) -> Exchanger:
    enrolment = handheld.store.identity.enrolment
    assert enrolment is not None
    client = handheld.connect(enrolment)
    return Exchanger(handheld.store, jobs, client, settings=FAST, stamp=stamp, chance=lambda: 0.5, program="test")
