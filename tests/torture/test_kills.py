"""SIGKILL at random moments of two working devices, one in each face, and of the centre they talk to."""

import threading
from collections.abc import Callable
from typing import Any

from tests.extent import SEED, extent
from tests.torture.tools.book import assert_complete
from tests.torture.tools.killer import Killer
from tests.torture.tools.shift import Shift
from tests.torture.tools.site import Site

KILLS = extent(5, 100)
"""Of each of the three."""
DEVICE_LIVES_S = (0.02, 1.6)
CENTRE_LIVES_S = (0.1, 2.0)


class Colleague(threading.Thread):
    """A shift worked in a thread; what it finds wrong is raised by ``end``."""

    def __init__(self, shift: Shift, is_over: Callable[[], bool]) -> None:
        super().__init__(daemon=True)
        self._shift = shift
        self._is_over = is_over
        self._wrong: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._shift.work(self._is_over)
        except BaseException as error:  # noqa: BLE001  a thread's top: the test raises it again
            self._wrong = error

    def end(self) -> None:
        self.join()
        if self._wrong is not None:
            raise self._wrong


def process_of(shift: Shift) -> Any:
    return shift.worker and shift.worker.process


def test_killed_at_random_moments_nothing_acknowledged_is_lost(site: Site) -> None:
    site.serve()
    one, two = site.devices["one"], site.devices["two"]
    shifts = [Shift(one, one.line), Shift(two, two.screen)]
    killer = Killer(SEED)
    for shift in shifts:
        killer.hunt(lambda shift=shift: process_of(shift), KILLS, DEVICE_LIVES_S)  # type: ignore[misc]
    killer.hunt(lambda: site.service, KILLS, CENTRE_LIVES_S, after=site.start_service)
    try:
        for colleague in [Colleague(shift, lambda: killer.is_done) for shift in shifts]:
            colleague.end()
    finally:
        killer.stop()
    for shift in shifts:
        assert shift.worker is not None
        assert shift.worker.leave() == 0
    site.stop_service()
    site.serve()
    for shift in shifts:
        shift.device.drain()
    assert killer.kills == 3 * KILLS
    print(f"{killer.kills} kills, {[(s.moves, s.deaths, s.unsure) for s in shifts]} moves, deaths, entries in flight")
    assert_complete(site, [one, two], {shift.device.name: shift.moves for shift in shifts})
