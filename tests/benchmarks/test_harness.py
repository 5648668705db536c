"""The harness measures everything it names, and writes what it found; how fast anything is, no test says."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from benchmarks.__main__ import FAMILIES, main
from benchmarks.device.look_ups import ANSWER_MS_MAX
from benchmarks.result import Result, merged, percentile, result, table, write_results
from benchmarks.world.world import FILLERS, ROOT
from tests.benchmarks.shared import Shared
from tests.extent import extent

BOUNDS = {
    "count_scan_to_paint_p99": 1.2,
    "scan_to_paint_p50": 1.2,
    "scan_to_paint_p99": 1.5,
    "bytes_per_scan": 1.0,
    "thousand_moves": 1.5,
    "thousand_moves_waiting": 8.0,
    "serial_to_durable_p50": 1.3,
    "serial_to_durable_p99": 2.0,
    "serial_to_durable_busy_p50": 1.3,
    "serial_to_durable_busy_p99": 2.0,
    "tcp_to_durable_p50": 1.3,
    "tcp_to_durable_p99": 2.0,
    "scan_to_beep_p50": 100.0,
    "scan_to_beep_p99": 100.0,
    "start_to_prompt": 1.3,
    "resident_memory": 1.5,
    "booked_each": 3.0,
    "drain": 4.0,
    "scan_during_pull": 2.0,
    "resume_1000_entries": 1.2,
    "push_b10": 3.0,
    "push_b100": 3.0,
    "push_b1000": 3.0,
    "push_b100_10_sites": 3.0,
    "storm_1000_devices": 1.5,
    "storm_exchange_p50": 1.0,
    "storm_exchange_p99": 1.0,
    "storm_memory": 1.0,
    "first_pull_1m": 4.0,
    "first_pull_device_memory": 2.0,
    "first_pull_centre_memory": 2.0,
    "visibility": 1.0,
    "import_400k": 4.0,
    "import_400k_memory": 1.0,
    "export_xlsx": 2.0,
    "export_xlsx_memory": 1.0,
    "as_of_1m": 3.0,
    "as_of_1m_sqlite": 3.0,
    "lookup_1m": 3.0,
    "lookup_1m_p99": 1.0,
    "exceptions_list_100k": 3.0,
    "variance_list_100k": 3.0,
    "variance_list_100k_pg": 3.0,
    "accuracy_year": 2.0,
    "accuracy_year_pg": 2.0,
    "accuracy_first_page": 3.0,
    "accuracy_first_page_pg": 3.0,
    "adjust_1000": 4.0,
    "adjust_1000_pg": 4.0,
    "release_1000": 4.0,
    "release_1000_pg": 4.0,
    "apply_count_1000": 4.0,
    "apply_count_1000_pg": 2.0,
    "accept_1000_variances": 4.0,
    "accept_1000_variances_pg": 2.0,
    "plan_200k": 3.0,
    "plan_200k_after_counts": 0.01,
    "next_task": 3.0,
    "late_event_1m": 1.5,
    "late_event_1m_pg": 1.5,
    "exchange_beside_hostile": 2.0,
    "move_with_6000_waiting": 1.2,
    "recognise_ean13": 1.5,
    "recognise_gs1": 1.5,
    "recognise_sscc": 1.5,
    "recognise_digital_link": 1000.0,
    "recognise_hibc": 1000.0,
    "recognise_iso15434": 1000.0,
    "recognise_unknown": 1000.0,
    "recognise_worst": 20.0,
}


STARTED = "start_to_prompt"
"""How long the program takes to start is measured at one that is started."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    with ExitStack() as stack:
        yield Shared(tmp_path_factory.mktemp("shared"), stack)


@pytest.mark.parametrize("names", list(FAMILIES)[:: extent(3, 1)], ids=lambda names: str(names[0]))
def test_everything_is_measured_with_its_bound(
    names: tuple[str, ...], shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    if STARTED not in names:
        shared.lend(monkeypatch)
    found = FAMILIES[names](shared.world)
    assert {one.name: one.bound for one in found} == {name: BOUNDS[name] for name in names}
    assert all(one.product > 0 and one.floor > 0 and one.runs > 0 for one in found)


def test_one_name_gives_all_results_of_its_measurement(shared: Shared, capsys: pytest.CaptureFixture[str]) -> None:
    build = shared.world.folder.parents[1]
    main(["lookup_1m_p99", "--size", "tiny", "--build", str(build)])
    found = msgspec.json.decode((build / "bench.json").read_bytes(), type=list[Result])
    assert [one.name for one in found] == ["lookup_1m", "lookup_1m_p99"]
    assert found[-1].floor == ANSWER_MS_MAX
    assert "lookup_1m_p99" in capsys.readouterr().out


def test_every_name_belongs_to_one_measurement() -> None:
    assert sorted(name for names in FAMILIES for name in names) == sorted(BOUNDS)


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["scan_to_pain", "--build", str(tmp_path)])


def test_what_is_beyond_its_bound_stands_last() -> None:
    beyond = result("slow", "s", (3.0, 1.0), 2.0, 5)
    within = result("quick", "s", (1.0, 1.0), 2.0, 5)
    lines = table([beyond, within])
    assert [line.split()[0] for line in lines[1:]] == ["quick", "slow"]
    assert lines[-1].endswith("beyond its bound")


def test_a_result_is_written_with_these_fields(tmp_path: Path) -> None:
    write_results([result("drain", "s", (3.0, 2.0), 4.0, 2)], tmp_path / "build" / "bench.json")
    (found,) = msgspec.json.decode((tmp_path / "build" / "bench.json").read_bytes())
    assert found == {
        "name": "drain", "unit": "s", "product": 3.0, "floor": 2.0, "ratio": 1.5, "bound": 4.0, "runs": 2,
    }  # fmt: skip


def test_what_was_not_measured_now_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    old = [result(name, "s", (3.0, 2.0), 4.0, 2) for name in ("drain", "gone", "resident_memory")]
    write_results(old, path)
    new = [result(name, "s", (1.0, 2.0), 4.0, 2) for name in ("drain", "bytes_per_scan")]
    found = merged(new, path, ["bytes_per_scan", "resident_memory", "drain"])
    assert [(one.name, one.product) for one in found] == [
        ("bytes_per_scan", 1.0), ("resident_memory", 3.0), ("drain", 1.0),
    ]  # fmt: skip
    assert merged(new, tmp_path / "none.json", ["drain"]) == new[:1]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.0, 1)])
def test_a_percentile_is_one_of_the_values(share: float, expected: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == expected


@pytest.mark.parametrize("pattern", FILLERS)
def test_what_fills_a_kept_world_is_there_to_be_looked_at(pattern: str) -> None:
    """A file that was moved would fill worlds that nobody builds anew."""
    assert list(ROOT.glob(pattern))
