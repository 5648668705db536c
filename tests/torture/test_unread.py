"""A terminal that reads nothing for a while, as on a walk between two access points: the work goes on behind it."""

import itertools
import select
import signal
import time

import pytest

from tests.torture.tools.extent import extent
from tests.torture.tools.site import ITEMS, Device, Site
from tests.torture.tools.workers import HEIGHT, WIDTH, ScreenWorker

SILENCE_S = extent(3, 10)
RATE_PER_S = 60
ENTRIES = SILENCE_S * RATE_PER_S


def replayed(device: Device) -> list[str]:
    barcode, here, there = ITEMS[device.name]
    return ["1", *[here, barcode, "1", there] * (ENTRIES // 4)]


def blind(seconds: float, device: Device) -> list[int]:
    """Do not read for so long; how many events there were at the end of each quarter."""
    counts = []
    for _ in range(4):
        time.sleep(seconds / 4)
        counts.append(len(device.events()))
    return counts


@pytest.mark.timeout(180)
def test_entries_are_posted_while_the_terminal_is_not_read(site: Site) -> None:
    site.serve()
    device = site.devices["one"]
    said = replayed(device)
    (device.folder / "replay").write_text("\n".join(said) + "\n")
    device.configure(site.url, replay=f'file = "{device.folder / "replay"}"\nrate_per_s = {RATE_PER_S}')
    worker = device.screen()
    worker.wait(lambda: "#" in worker.picture.row(HEIGHT - 1))
    counts = blind(SILENCE_S * 0.9, device)
    assert all(before < after for before, after in itertools.pairwise(counts)), counts
    posted = [event for event in site.exported("events") if event["device"] != "centre"]
    assert len(posted) > counts[-1] / 2, "the centre hears of it meanwhile, too"
    worker.wait(lambda: worker.picture.row(HEIGHT - 1).lstrip().startswith(f"#{len(said)} "))
    assert device.entered() == [text.encode() for text in said]
    moves = (len(said) - 1) // 4
    assert len(device.events()) == moves
    assert_right(worker)
    assert worker.leave() == 0
    device.drain()
    assert len([event for event in site.exported("events") if event["device"] != "centre"]) == moves


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
