"""A terminal that reads nothing for a while, as on a walk between two access points: the work goes on behind it."""

import select
import signal
import time
from collections.abc import Callable

import pytest

from tests.extent import extent
from tests.torture.tools.site import ITEMS, PATIENCE_S, Device, Site
from tests.torture.tools.workers import HEIGHT, WIDTH, ScreenWorker

SILENCE_S = extent(3, 10)
RATE_PER_S = 60
ENTRIES = SILENCE_S * RATE_PER_S


def replayed(device: Device) -> list[str]:
    barcode, here, there = ITEMS[device.name]
    return ["1", *[here, barcode, "1", there] * (ENTRIES // 4)]


def blind(is_so: Callable[[], bool]) -> None:
    """Wait until it is so, and do not read meanwhile."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.timeout(180)
def test_entries_are_posted_while_the_terminal_is_not_read(site: Site) -> None:
    site.serve()
    device = site.devices["one"]
    said = replayed(device)
    (device.folder / "replay").write_text("\n".join(said) + "\n")
    device.configure(site.url, replay=f'file = "{device.folder / "replay"}"\nrate_per_s = {RATE_PER_S}')
    worker = device.screen()
    worker.wait(lambda: "#" in worker.picture.row(HEIGHT - 1))
    moves = (len(said) - 1) // 4
    blind(lambda: len(device.events()) >= moves * 9 // 10)
    blind(lambda: posted(site) >= moves // 2)  # the centre hears of it meanwhile, too
    worker.wait(lambda: worker.picture.row(HEIGHT - 1).lstrip().startswith(f"#{len(said)} "))
    assert device.entered() == [text.encode() for text in said]
    assert len(device.events()) == moves
    assert_right(worker)
    assert worker.leave() == 0
    device.drain()
    assert posted(site) == moves


def posted(site: Site) -> int:
    return len([event for event in site.exported("events") if event["device"] != "centre"])


def assert_right(worker: ScreenWorker) -> None:
    """The picture is the one that a repaint of everything gives, and it shows the last move."""
    while select.select([worker.terminal.master], [], [], 0.5)[0]:
        worker.terminal._take()
    worker.wait(lambda: True)
    shown = worker.picture.rows
    assert shown[1] == "Take what? Scan the item."
    assert any("Moved 1 EA to" in row for row in shown), worker.picture
    worker.terminal.resize(WIDTH, HEIGHT - 1)
    worker.terminal.resize(WIDTH, HEIGHT)
    worker.terminal.child.send_signal(signal.SIGWINCH)
    worker.wait(lambda: worker.picture.rows[:-1] == shown[:-1])
    assert not worker.picture.strange
