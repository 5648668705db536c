"""What pages tell to type at the centre and at a device, done in their order at a real service, as it stands."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.domain.counting.identity import claim_id, count_name
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.line import Line
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE
from tests.central.serving import Handheld
from tests.central.warehouse import NOW_US, event, move, write_sheets
from tests.forks import run_scanner
from tests.pages.frames import commands, frame
from tests.torture.tools.service import Service

PATIENCE_S = 60.0
LASTS = {"serve", "run", "train"}
"""Commands that go on until they are ended: one stands for each in ``followed``."""


class Typed:
    """Types the lines of frames, with what is there in the place of what the page calls it; ``said`` is what came."""

    def __init__(self, config: Path, **known: str) -> None:
        self._config = config
        self.known = known
        self.said: dict[str, str] = {}

    def line(self, called: list[str], given: str | None = None) -> str:
        words = [self.known.get(word, word) for word in called]
        done = run_scanner(["--config", str(self._config), *words], given, timeout_s=PATIENCE_S)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        self.said[" ".join(called)] = done.stdout
        return done.stdout

    def frame(self, page: str, first: str, **given: str) -> None:
        for called in commands(frame(page, first).text):
            if not LASTS & set(called):
                self.line(called, given.get(called[2] if len(called) > 2 else called[0]))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A centre with the small warehouse, as the first page makes it."""
    folder = tmp_path_factory.mktemp("centre")
    service = Service(folder)
    typed = Typed(folder / "config.toml", FOLDER=str(write_sheets(folder / "sheets")))
    for called in list(commands(frame("README.md", "scanner central init").text))[:2]:
        typed.line(called)
    service.start()
    yield service
    service.stop()


@pytest.fixture
def typed(service: Service, tmp_path: Path) -> Typed:
    """A device beside it, which is invited."""
    known = {"FOLDER": str(write_sheets(tmp_path / "sheets")), "DC1": "W1", "CODE": service.invite()}
    device = f'data_dir = "{tmp_path}"\nname = "{tmp_path.name[-12:]}"'
    config = service.config.read_text().replace(f'data_dir = "{service.config.parent}"', device)
    (tmp_path / "config.toml").write_text(config)
    return Typed(tmp_path / "config.toml", **known, **{"http://centre:8480": service.url})


def test_the_first_page(typed: Typed) -> None:
    page = [" ".join(called) for called in commands(frame("README.md", "scanner central init").text)]
    assert page[:4] == [
        "central init", "central import FOLDER", "central serve --host 0.0.0.0", "central invite --site DC1",
    ]  # fmt: skip
    typed.frame("README.md", "scanner central init")
    assert "of site W1." in typed.said["enrol http://centre:8480 CODE"]
    assert re.search(r"pulled [1-9]", typed.said["sync"])
    assert "ok  centre: " in typed.said["doctor"]
    assert typed.said["central invite --site DC1"].startswith("W1.")


def test_the_devices_the_people_and_what_waits(typed: Typed, service: Service) -> None:
    device = Handheld(service.url, typed.known["CODE"])
    places = enumerate(("BLOCKED", "new", "no"), 1)
    marked, held, void = (event(number, move("A", place), device.sender) for number, place in places)
    unknown = event(4, move("A", "B", item="X"), device.sender)
    lines = [Line(f"count-{place}", StockKey(place, "NUT"), SCALE, NOW_US, NOW_US) for place in ("A", "B")]
    counted = [event(number, Counted(line), device.sender) for number, line in enumerate(lines, 5)]
    wrong = event(7, move("A", "BLOCKED"), device.sender)
    device.exchange(marked, held, void, unknown, *counted, wrong)
    typed.known |= {"NAME": "scanner", "1001": "w1", "100001": "NUT"}
    ids = {
        "show": held.id,
        "seen": marked.id,
        "release": held.id,
        "void": void.id,
        "identify": unknown.id,
        "count": wrong.id,
    }
    claims = (claim_id(count_name(device.sender.device, line.count), line.key) for line in lines)
    ids |= dict(zip(("accept", "recount"), claims, strict=True))
    ids["withdraw"] = ids["accept"]
    for called in commands(frame("docs/operations.md", "scanner central devices").text):
        typed.known["ID"] = ids.get(called[2] if len(called) > 2 else "", "")
        if called[:3] == ["central", "events", "release"]:
            write_sheets(Path(typed.known["FOLDER"]), locations="location,zone,walk_order,profile\nnew,pick,9,BIN\n")
            typed.line(["central", "import", "FOLDER"])
        if called[:3] == ["central", "events", "let-in"]:
            typed.known["ID"] = _quarantined(typed, device)
        typed.line(called, "739205\n" if "pin" in called else None)
        typed.known["NAME"] = device.enrolled.device
    device.http.close()
    assert "shut out" in typed.said["central devices revoke NAME --reason lost"]
    assert typed.said["central events void ID"] == f"{void.id}: void\n"
    assert typed.said["central events release ID"] == f"{held.id}: posted\n"
    assert typed.said["central events let-in ID"].endswith(": posted\n")
    assert typed.said["central events count ID"] == "To be counted: A.\n"
    assert ids["withdraw"] in typed.said["central events withdraw ID"]


def test_counts_are_planned_and_stock_is_taken(typed: Typed) -> None:
    typed.known |= {"A-01": "A", "A-02": "B", "TEA": "NUT", "1001": "w1", "COLD": "pick", "COLD,BULK": "pick"}
    typed.frame("docs/operations.md", "scanner central tasks")
    typed.frame("docs/operations.md", "scanner central stocktake begin")
    assert typed.said["central tasks ask A-01 A-02 --due 2026-12-01"] == "To be counted: A, B.\n"
    assert "aisle 7 is locked" in typed.said["central stocktake"]
    asked = typed.line(["central", "tasks"])
    assert "count NUT at A: priority 5, zone pick, not by w1" in asked
    assert "@2026" not in asked
    export = typed.said["central stocktake"].split("What it came to: scanner ")[1].split()
    assert "W1,A,NUT" in typed.line(export)


def _quarantined(typed: Typed, device: Handheld) -> str:
    """An event of a device that was shut out, which is let in again."""
    typed.line(["central", "devices", "revoke", device.enrolled.device])
    lost = event(9, move("A", "B"), device.sender)
    device.exchange(lost)
    typed.line(["central", "devices", "admit", device.enrolled.device])
    return lost.id


def test_what_goes_out_and_the_calendar(typed: Typed, tmp_path: Path) -> None:
    typed.known |= {"SOURCE": typed.known["FOLDER"], "WHAT": "ledger", "PATH": str(tmp_path / "ledger.csv")}
    typed.frame("docs/data.md", "scanner central import SOURCE")
    typed.frame("docs/data.md", "scanner central export WHAT")
    assert (tmp_path / "ledger.csv").read_text().startswith("site,")
    typed.frame("docs/data.md", "scanner central export stock")
    typed.frame("docs/data.md", "scanner central calendar show")
    typed.frame("docs/data.md", "scanner central accuracy")
    assert "2026-12-25" in typed.line(["central", "calendar", "show", "--site", "W1"])


def test_a_store_is_kept_and_put_back(typed: Typed, tmp_path: Path) -> None:
    typed.known["FILE"] = str(tmp_path / "kept")
    kept, restored = commands(frame("docs/store.md", "scanner central backup").text)
    typed.line(kept)
    config = tmp_path / "config.toml"
    config.write_text(re.sub(r"sqlite:///\S+/central\.db", f"sqlite:///{tmp_path}/other.db", config.read_text()))
    typed.line(restored)
    assert "The book is sound." in typed.line(["central", "verify"])


def test_a_cache_is_kept_and_put_back(typed: Typed, tmp_path: Path) -> None:
    typed.line(["enrol", "http://centre:8480", "CODE"])
    typed.known["FILE"] = str(tmp_path / "kept")
    typed.frame("docs/operations.md", "scanner backup FILE")
    assert (tmp_path / "replaced-1").is_dir()


def test_postings_are_read_with_what_the_page_says(typed: Typed) -> None:
    token = typed.line(["central", "token", "--site", "DC1", "--reads", "erp"]).strip()
    told = frame("docs/api/README.md", "scanner central token --site DC1").text
    (line,) = [line for line in told.splitlines() if line.startswith("curl ")]
    asked = line.replace("http://centre:8480", typed.known["http://centre:8480"])
    environ = {"TOKEN": token, "CURSOR": "", "PATH": os.defpath}
    done = subprocess.run(
        ["bash", "-eu", "-c", asked], env=environ, capture_output=True, text=True, timeout=30, check=False
    )
    if "curl: command not found" in done.stderr:
        pytest.skip("there is no curl here")
    assert '"postings":[{' in done.stdout, done.stdout + done.stderr
