"""The watermark never passes what may still happen in the past."""

from pathlib import Path

from scanner_app.domain.clock import Offset, Stamp
from sync.device.watermark import watermark_us
from tests.warehouse import GTIN, Floor

OFFSET = Offset(100, 1, Stamp(1_000, 500, "b"))
NOW = Stamp(3_000, 2_500, "b")


def test_an_idle_device_has_told_everything_until_now() -> None:
    assert watermark_us(None, 0, None, OFFSET, NOW) == 3_100


def test_an_open_script_holds_the_watermark_back() -> None:
    assert watermark_us(None, 0, 2_000, OFFSET, NOW) == 2_099


def test_without_a_clock_or_with_events_left_nothing_is_promised() -> None:
    assert watermark_us(None, 0, None, None, NOW) == 0
    assert watermark_us(None, 3, None, OFFSET, NOW) == 0
    assert watermark_us(None, 0, None, OFFSET, Stamp(3_000, 20, "another boot")) == 0


def test_goods_in_hand_are_the_oldest_open_entry(tmp_path: Path) -> None:
    floor = Floor(tmp_path)
    floor.move()
    assert floor.store.log.oldest_open_us() is None
    floor.say("A-01-01")
    first = floor.clock.now_us
    floor.say(GTIN, "1")
    assert first - 3_000_000 < (floor.store.log.oldest_open_us() or 0) <= first
    floor.say("A-01-02")
    assert floor.store.log.oldest_open_us() is None
    floor.close()
