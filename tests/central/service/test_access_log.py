"""What the service tells of itself: figures for Prometheus, lines of JSON, readiness; and never a secret."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.central.book.lives import begin_lives
from sync.central.database.store import CentralStore
from sync.central.exchange.threads import now_us
from sync.central.service.metrics import BUCKETS_S, DUPLICATES, PROCESSES, SECONDS, Figures, shared_table
from sync.central.sites.administration import invite
from tests.central.serving import Handheld, let_them_be_old
from tests.central.warehouse import SITE, event, move

_SERVE = """import sys
from sync.central.service.server import serve
serve(sys.argv[1], '127.0.0.1', 0, lambda port: print(port, flush=True))
"""
_SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+')


@contextmanager
def process(store: CentralStore, told: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The service in a process of its own, what it writes to standard error in ``told``."""
    command = [sys.executable, "-c", _SERVE, store.engine.url.render_as_string(hide_password=False)]
    with told.open("w") as errors, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as own:
        assert own.stdout is not None
        try:
            yield f"http://127.0.0.1:{own.stdout.readline().strip()}", own
        finally:
            own.kill()


def figures(device: Handheld) -> dict[str, float]:
    lines = device.http.get("/metrics").text.splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


def test_figures_count_what_was_asked_and_answered(handheld: Handheld) -> None:
    handheld.push(1)
    handheld.push(1)
    handheld.http.get("/nothing")
    told = figures(handheld)
    assert told['scanner_requests_total{address="exchange",status="200"}'] == 2
    assert told['scanner_requests_total{address="other",status="404"}'] == 1
    assert told['scanner_troubles_total{error="not_found"}'] == 1
    assert told['scanner_events_total{outcome="posted"}'] == 1
    assert told["scanner_duplicates_total"] == 1
    assert told["scanner_rows_sent_total"] > 0
    assert told['scanner_site_version{site="W1"}'] > 0


def test_figures_are_in_the_form_that_prometheus_reads(handheld: Handheld) -> None:
    answer = handheld.http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    types: dict[str, str] = {}
    for line in answer.text.splitlines():
        if line.startswith("# TYPE "):
            name, kind = line.split()[2:]
            assert name not in types, "all samples of a family stand together"
            types[name] = kind
        elif not line.startswith("# HELP "):
            assert _SAMPLE.fullmatch(line), line
            assert any(line.startswith(name) for name in types), line


def test_a_histogram_is_cumulative() -> None:
    own = Figures()
    for seconds in (0.001, 0.3, 99.0):
        own.answered("exchange", 200, seconds)
    lines = [line for line in own.text({}).splitlines() if line.startswith(f'{SECONDS}_bucket{{address="exchange"')]
    counts = [int(line.split()[-1]) for line in lines]
    assert counts == [1] * 6 + [2] * (len(BUCKETS_S) - 6) + [3]


def test_processes_tell_the_sum_of_all_and_a_new_one_goes_on_counting() -> None:
    table = shared_table()
    first, second = Figures(table, 0), Figures(table, 1)
    first.add(DUPLICATES, 2)
    second.add(DUPLICATES, 3)
    assert f"{DUPLICATES} 5" in first.text({}).splitlines()
    again = Figures(table, 1)
    again.add(DUPLICATES)
    assert f"{DUPLICATES} 6" in again.text({}).splitlines()
    assert f"{PROCESSES} 2" in first.text({}).splitlines()


def test_lines_of_interest_are_json_and_hold_no_secret(store: CentralStore, tmp_path: Path) -> None:
    code = invite(store, SITE, now_us())
    with process(store, tmp_path / "log") as (address, own):
        device = Handheld(address, code)
        let_them_be_old(store)
        device.exchange(event(1, move("A", "B"), device.sender), rows_max=0)
        device.exchange(rows_max=0)
        device.http.get("/v1/news", headers={"Authorization": "Bearer of-bad-news"})
        os.kill(own.pid, signal.SIGTERM)
        own.wait(timeout=15)
    text = (tmp_path / "log").read_text()
    lines = [msgspec.json.decode(line) for line in text.splitlines()]
    assert [_kept(line) for line in lines] == [
        {"address": "enrol", "status": 200, "site": SITE, "device": device.enrolled.device},
        {
            "address": "exchange",
            "status": 200,
            "site": SITE,
            "device": device.enrolled.device,
            "events": 1,
            "outcomes": {"posted": 1},
        },
        {"address": "news", "status": 401, "trouble": "unknown_token"},
    ]
    assert not any(secret in text for secret in (code, device.enrolled.token, "of-bad-news"))


def _kept(line: dict[str, Any]) -> dict[str, Any]:
    """A line without what differs each time."""
    return {name: value for name, value in line.items() if name not in ("at", "level", "message", "ms")}


def test_a_service_whose_store_was_put_back_goes_on_in_its_new_life(handheld: Handheld, store: CentralStore) -> None:
    before = handheld.exchange().store_epoch
    store.write(begin_lives)
    assert handheld.http.get("/ready").status_code == 200
    assert handheld.exchange(store_epoch=before).store_epoch != before


@pytest.mark.parametrize("begun", [b"GET /v1/ne", b"POST /v1/enrol HTTP/1.1\r\nHost: c\r\nContent-Length: 99\r\n\r\n{"])
def test_a_process_that_is_told_to_stop_ends_though_a_request_is_half_sent(
    store: CentralStore, tmp_path: Path, begun: bytes
) -> None:
    with process(store, tmp_path / "log") as (address, own):
        host, _, port = address.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(begun)
            Handheld(address, invite(store, SITE, now_us())).http.close()
            os.kill(own.pid, signal.SIGTERM)
            assert own.wait(timeout=20) == 0
