"""Bytes that a fuzzer finds by following the branches of the code; the same bytes as scans into the real program."""

import importlib.util
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.extent import SEED, extent
from tests.screens.terminals import ROOT
from tests.torture.tools.hostile import PIECES, scan
from tests.torture.tools.laws import obey
from tests.torture.tools.site import Site
from tests.torture.tools.watched import Desk

DRAWN = extent(500, 30_000)
RUNS = extent(1_500, 400_000)
FUZZ_S_MAX = extent(5, 150)
SCANS_MAX = extent(200, 5_000)


def test_drawn_bytes_obey_the_laws() -> None:
    chance = random.Random(SEED)
    for _ in range(DRAWN):
        scans = [scan(chance) for _ in range(chance.randint(1, 3))]
        obey(chance.randbytes(2) + chance.choice((b"\r", b"\n", b"\t", b"")).join(scans))


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed; see make torture")
def test_found_bytes_obey_the_laws_and_do_no_harm_as_scans(site: Site, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, piece in enumerate(PIECES):
        (corpus / f"seed-{number}").write_bytes(b"\x1e\x0c" + piece.encode("utf-8", "surrogatepass") + b"\r")
    limits = [f"-runs={RUNS}", f"-max_total_time={FUZZ_S_MAX}", f"-seed={SEED}", "-max_len=600", "-timeout=10"]
    command = [sys.executable, "-m", "tests.torture.tools.fuzz", str(corpus), *limits, f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=FUZZ_S_MAX + 100, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr).decode("utf-8", "replace")[-3000:]
    found = [path.read_bytes()[2:] for path in sorted(corpus.iterdir())]
    desk = Desk(site.devices["one"])
    for start in range(0, min(SCANS_MAX, len(found)), 50):
        desk.send(b"".join(one + b"\r" for one in found[start : start + 50]))
    assert not site.devices["one"].look("SELECT 1 FROM verdict WHERE outcome = 'broken'")
    desk.leave()
    print(f"{len(found)} inputs kept by the fuzzer")
