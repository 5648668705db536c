"""Every frame of the docs is run by a test, or it is said why not; the list of frames is made from the pages."""

import pytest

from tests.pages.frames import ROOT, Frame, frames

INSTALL, STORE = "tests/torture/test_install_page.py", "tests/central/database/test_store_page.py"
CENTRE, SSH = "tests/pages/test_central_pages.py", "tests/program/test_ssh.py"
RUN = {
    "README.md: scanner central init": CENTRE,
    "docs/api/README.md: scanner central token --site DC1 --reads erp": CENTRE,
    "docs/data.md: scanner central import SOURCE [--site W1]": CENTRE,
    "docs/data.md: [items]": "tests/pages/test_files_on_pages.py",
    "docs/data.md: scanner central export WHAT [--site W1] [--format csv|jsonl|xlsx] [--output PATH]": CENTRE,
    "docs/data.md: scanner central export stock --site W1 --as-of 2026-10-31": CENTRE,
    "docs/data.md: scanner central calendar show --site W1": CENTRE,
    "docs/data.md: scanner central accuracy --site W1": CENTRE,
    "docs/high-availability.md: [central]": "tests/pages/test_files_on_pages.py",
    "docs/install.md: make wheel": INSTALL,
    "docs/install.md: python3 -m venv /opt/scanner": INSTALL,
    "docs/install.md: mkdir -p tables": INSTALL,
    "docs/install.md: scanner central serve": INSTALL,
    "docs/install.md: scanner central invite --site DC1": INSTALL,
    "docs/install.md: scanner enrol http://centre:8480 CODE": INSTALL,
    "docs/install.md: scanner run": INSTALL,
    "docs/operations.md: scanner backup FILE": CENTRE,
    "docs/operations.md: scanner central serve": CENTRE,
    "docs/operations.md: scanner central tasks": CENTRE,
    "docs/operations.md: scanner central stocktake begin 2026 --zones COLD,BULK": CENTRE,
    "docs/operations.md: scanner central devices": CENTRE,
    'docs/readers.md: [[reader]] name = "GUN-1"': "tests/pages/test_files_on_pages.py",
    'docs/readers.md: [[reader]] name = "GUN-2"': "tests/pages/test_files_on_pages.py",
    'docs/readers.md: [[reader]] name = "GATE"': "tests/pages/test_files_on_pages.py",
    "docs/readers.md: scanner doctor --sheet sheet.html": "tests/program/test_doctor_of_paths.py",
    "docs/ssh.md: [device]": "tests/pages/test_files_on_pages.py",
    "docs/ssh.md: Match User gun*": SSH,
    "docs/store.md: CREATE ROLE scanner LOGIN PASSWORD 'SECRET';": STORE,
    "docs/store.md: [central]": STORE,
    "docs/store.md: scanner central init": STORE,
    "docs/store.md: scanner central backup FILE": CENTRE,
}
BY_HAND = {
    "docs/architecture.md: reader (terminal, serial, HID, TCP) -> queue -> work thread -> View -> face": "a picture",
    "docs/high-availability.md: bootstrap:": "a setting of Patroni; the cluster of the trials has it, too",
    "docs/deploy/README.md: useradd --system --home /var/lib/scanner scanner": "it makes a user, and wants systemd",
    "docs/deploy/README.md: mkdir -p /etc/nginx/tls": "it writes into /etc; the test of the proxy makes one like it",
    "docs/ssh.md: useradd --create-home --shell /bin/bash gun01": "it makes a user",
    "docs/ssh.md: scanner central invite --site DC1": "it becomes that user",
}
"""Done by hand on a machine of its own, and why by no test."""


def test_every_frame_is_in_one_of_the_lists() -> None:
    assert sorted(frame.name for frame in frames()) == sorted([*RUN, *BY_HAND])


@pytest.mark.parametrize("frame", [one for one in frames() if one.name in RUN], ids=lambda one: one.name)
def test_the_test_of_a_frame_reads_its_page(frame: Frame) -> None:
    told = (ROOT / RUN[frame.name]).read_text(encoding="utf-8")
    assert frame.page in told
