"""The command of the doctor: checks of this device, rules and sheets to take away, and what a path does to scans."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner_app.cli.printing import say
from scanner_app.config import Loaded
from scanner_app.errors import DeviceError

if TYPE_CHECKING:
    from scanner_app.doctor.check import Check

_NO_TERMINAL = "There is no terminal here. Run scanner doctor --scan where the scanner types."


@click.command()
@click.option("--rules", "wants_rules", is_flag=True, help="Print the udev rules that let a group read scanners.")
@click.option("--sheet", type=click.Path(path_type=Path, dir_okay=False), help="Write codes to print, for --scan.")
@click.option("--scan", "wants_scans", is_flag=True, help="Scan that sheet here: what the way to this terminal does.")
@click.pass_obj
def doctor(loaded: Loaded, wants_rules: bool, sheet: Path | None, wants_scans: bool) -> None:
    """Check this device: program, cache, enrolment, centre, readers, terminal."""
    from scanner_app.doctor.check import Finding
    from scanner_app.doctor.examination import examine

    if wants_rules or sheet:
        _give_out(sheet)
        return
    marks = {Finding.GOOD: "ok", Finding.NOTE: "!", Finding.BAD: "X"}
    checks = _of_the_path(loaded) if wants_scans else list(examine(loaded, os.environ))
    for check in checks:
        say(f"{marks[check.finding]:<3} {check.name}: {check.sentence}")
    if any(check.finding is Finding.BAD for check in checks):
        sys.exit(1)


def _give_out(sheet: Path | None) -> None:
    from devices.finding.rules import rules
    from scanner_app.doctor.path.sheet import sheet as page

    if sheet is None:
        say(rules().rstrip("\n"))
        return
    sheet.write_text(page(), encoding="utf-8")
    say(f"Print {sheet} at its full size, then run scanner doctor --scan where the scanner types.")


def _of_the_path(loaded: Loaded) -> "list[Check]":
    """What came of the sheet. Raw before the first line, so that nothing in a scan is a signal."""
    from scanner_app.doctor.path.arrival import judged
    from scanner_app.doctor.path.scans import scanned
    from screens.rawmode import enter_raw_mode, leave_raw_mode

    if not enter_raw_mode():
        raise DeviceError(_NO_TERMINAL)
    try:
        scans = scanned(sys.stdin.fileno(), say)
    finally:
        leave_raw_mode()
    return list(judged(scans, loaded.config.entry)) if scans else []
