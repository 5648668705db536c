"""The station's clock never runs backwards within a process and says which boot it is."""

from pathlib import Path

from devices.clock import StationClock, boot_id


def test_wall_time_goes_on_when_somebody_sets_the_clock_back() -> None:
    wall, since_boot = [10_000_000_000], [5_000_000]
    clock = StationClock(lambda: wall[0], lambda: since_boot[0], "boot-1")
    first = clock.stamp()
    wall[0] -= 3_600_000_000_000
    since_boot[0] += 2_000_000
    second = clock.stamp()
    assert second.wall_us - first.wall_us == 2_000
    assert second.monotonic_us - first.monotonic_us == 2_000
    assert second.boot == "boot-1"


def test_the_real_clock_does_not_decrease() -> None:
    clock = StationClock()
    stamps = [clock.stamp() for _ in range(1000)]
    assert [s.wall_us for s in stamps] == sorted(s.wall_us for s in stamps)
    assert stamps[0].boot == stamps[-1].boot != ""


def test_without_a_boot_id_each_process_is_a_boot(tmp_path: Path) -> None:
    assert boot_id(tmp_path / "missing") != boot_id(tmp_path / "missing")
