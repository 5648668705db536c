"""The news thread while the centre is lost: it asks ever less often, each device at its own moments."""

import queue
import threading
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from scanner_app.config import Sync
from scanner_app.errors import BusyError, LinkError
from sync.device.happenings import NewsLost, Told
from sync.device.machine import news_backoff_of
from sync.device.news import NewsThread

SETTINGS = Sync(retry_delay_s_min=0.05, retry_delay_s_max=0.05, interval_s=1)


class Scripted:
    """A centre that answers as it was told to, then never; ``asked_s`` holds when it was asked."""

    def __init__(self, *answers: Exception | int) -> None:
        self.asked_s: queue.SimpleQueue[float] = queue.SimpleQueue()
        self._answers = iter(answers)
        self._is_over = threading.Event()

    def news(self, after: int, wait_s: int) -> int:
        self.asked_s.put(time.monotonic())
        answer = next(self._answers, None)
        if isinstance(answer, int):
            return answer
        if answer is None:
            self._is_over.wait()
        raise answer or LinkError("over")

    def abort(self) -> None:
        self._is_over.set()

    def close(self) -> None:
        self._is_over.set()


def _pauses_s(client: Scripted, heard: int, chance: Callable[[], float] = lambda: 1.0) -> list[float]:
    """Let a thread ask until it has told so much; return how long it paused before each question but the first."""
    tellings: queue.SimpleQueue[object] = queue.SimpleQueue()
    news = NewsThread(client, SETTINGS, chance, tellings.put)
    news.follow(0)
    news.start()
    for _ in range(heard):
        told = tellings.get(timeout=20)
        assert isinstance(told, NewsLost | Told)
        if isinstance(told, Told):
            news.follow(told.version)
    asked_s = [client.asked_s.get(timeout=20) for _ in range(heard + 1)]
    news.stop(5.0)
    return [after - before for before, after in pairwise(asked_s)]


LOST = LinkError("lost")


def test_each_failure_makes_the_pause_longer() -> None:
    pauses_s = _pauses_s(Scripted(*[LOST] * 4), 4)
    assert all(pause_s >= least_s for pause_s, least_s in zip(pauses_s, (0.1, 0.2, 0.4, 0.8), strict=True))


def test_an_answer_makes_it_short_again() -> None:
    pauses_s = _pauses_s(Scripted(*[LOST] * 4, 5, LOST), 6)
    assert pauses_s[-1] < pauses_s[3]


def test_every_pause_is_drawn_by_lot() -> None:
    lots = [1.0, 0.0, 1.0, 0.0]
    pauses_s = _pauses_s(Scripted(*[LOST] * 3), 3, lambda: lots.pop(0))
    assert len(lots) <= 1
    assert pauses_s[0] >= 0.1
    assert pauses_s[2] >= 0.4


def test_what_the_centre_asks_for_comes_on_top() -> None:
    assert _pauses_s(Scripted(BusyError("busy", 0.3)), 1)[0] >= 0.4


@pytest.mark.parametrize(
    ("failures", "chance", "pause_s"), [(1, 1.0, 1.0), (4, 1.0, 8.0), (99, 1.0, 30.0), (99, 0.0, 0.5)]
)
def test_the_pause_ends_at_the_interval(failures: int, chance: float, pause_s: float) -> None:
    """Whoever is back is heard then at the latest, by an exchange; the news need not wait for longer."""
    assert news_backoff_of(Sync(interval_s=30)).pause_s(failures, chance) == pause_s
