"""The command line: every command of ``scanner``. Only here, and beside for the centre, is anything printed or ended.

Exit codes: 0 done, 1 could not, 2 not understood.
"""

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from scanner_app.cli.central import central
from scanner_app.cli.doctor import doctor
from scanner_app.cli.exit import complain, end, failed, guard, whisper
from scanner_app.cli.printing import say
from scanner_app.config import Loaded, data_dir, load
from scanner_app.errors import ScannerError
from scanner_app.version import VERSION
from screens.charset.encoding import fit_streams

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_SETTINGS)
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="The config.toml to use.")
@click.version_option(VERSION, prog_name="scanner")
@click.pass_context
def cli(context: click.Context, config_path: Path | None) -> None:
    """Scan, move and look up the stock of a warehouse, with or without a network."""
    if "--help" not in sys.argv and "-h" not in sys.argv:
        context.obj = load(config_path, os.environ, Path.cwd())
        fit_streams(context.obj.config.device.encoding, os.environ)


cli.add_command(central)
cli.add_command(doctor)


@cli.command()
@click.pass_obj
def run(loaded: Loaded) -> None:
    """Open the scanner screen."""
    from scanner_app.app import run_screen

    whisper(run_screen(loaded.config, os.environ, complain))


@cli.command()
@click.pass_obj
def line(loaded: Loaded) -> None:
    """Work line by line on standard input and output: dumb terminals, screen readers, scripts."""
    from scanner_app.app import run_lines

    whisper(run_lines(loaded.config, os.environ, complain))


@cli.command()
@click.argument("url")
@click.argument("code", required=False)
@click.option("--name", default="", help="What people call this device; default from the configuration.")
@click.option("--new", "is_new", is_flag=True, help="As a device of its own: this folder is a copy of another's.")
@click.pass_obj
def enrol(loaded: Loaded, url: str, code: str | None, name: str, is_new: bool) -> None:
    """Make this device known to the centre at URL, with a one-time CODE from `scanner central invite`.

    Without CODE it is asked for, or read from standard input: so it stands in no list of processes and no history.
    One that is known there already stays the device that it is, with a token and an epoch of today.
    """
    from scanner_app.enrolment import enrol_device

    enrolment = enrol_device(loaded.config, os.environ, url, code or _asked_code(), name=name, is_new=is_new)
    say(f"This is now device {enrolment.device} ({enrolment.name}) of site {enrolment.site}.")


def _asked_code() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Code", hide_input=True))
    return sys.stdin.readline().strip()


@cli.command()
@click.argument("url")
@click.pass_obj
def moved(loaded: Loaded, url: str) -> None:
    """The centre of this device has moved to URL: from now on its token is sent there."""
    from scanner_app.enrolment import move_centre

    before = move_centre(loaded.config, os.environ, url)
    say(f"The centre of this device is now at {url}; it was at {before}.")


@cli.command()
@click.option("--once", is_flag=True, expose_value=False, help="As without: it pushes and pulls all, then ends.")
@click.pass_obj
def sync(loaded: Loaded) -> None:
    """Push to the centre and pull from it, once. The screen does this by itself; this is for scripts."""
    from scanner_app.app import sync_once

    totals = sync_once(loaded.config, os.environ)
    say(f"pushed {totals.pushed}  pulled {totals.pulled}  waiting {totals.waiting}")


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object an entry.")
@click.pass_obj
def log(loaded: Loaded, as_json: bool) -> None:
    """Print the entry log, oldest first: what was scanned and what became of it."""
    import json

    from scanner_app.store.entries.history import history
    from scanner_app.store.file import looking

    with looking(data_dir(loaded.config, os.environ)) as reader:
        for shown in history(reader):
            if as_json:
                say(json.dumps(shown))  # ASCII only: a scan may hold what drives a terminal
            else:
                say(_logged(shown))
                _say_trace(shown["facts"])


def _logged(shown: dict[str, Any]) -> str:
    """An entry as a line; behind its text what was wrong with it, and the reader it came by."""
    text = shown["key"] or ascii("" if shown["text"] is None else shown["text"])
    behind = f"{shown['fault']} {shown['reader']}".strip()
    return f"{shown['entry']:>7}  {shown['question'] or '':<10} {shown['outcome'] or '':<12} {text}  {behind}".rstrip()


def _say_trace(facts: object) -> None:
    """Where a script broke, below the entry that it broke at."""
    for line in str(facts.get("trace", "")).splitlines() if isinstance(facts, dict) else ():
        say(f"         {line}")


@cli.command()
@click.option("--hours", default=24, show_default=True, type=click.IntRange(1, 24 * 366), help="How far to look back.")
@click.pass_obj
def typed(loaded: Loaded, hours: int) -> None:
    """Print how many codes each operator scanned on this device, how many were typed, and why."""
    import time

    from scanner_app.store.file import looking
    from scanner_app.store.lookups.typed_codes import hands

    is_known = loaded.config.entry.scans_have_aim
    with looking(data_dir(loaded.config, os.environ)) as reader:
        counts = hands(reader, time.time_ns() // 1_000 - hours * 3_600_000_000)
    for operator, count in counts.items():
        told = count.typed or (0 if is_known else "?")
        why = "  ".join(f"{reason} {times}" for reason, times in count.reasons.most_common())
        say(f"{operator:<12} codes {count.codes:>6}  typed {told:>6}  {why}".rstrip())
    if not is_known:
        say("? is not known: scans_have_aim in [entry] is off, so typed lines look like scanned ones.", err=True)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(loaded: Loaded, file: Path) -> None:
    """Copy the cache to FILE as it is now; the scanner may go on working meanwhile."""
    from scanner_app.store.rescue.backup import back_up

    size_kb = max(1, back_up(data_dir(loaded.config, os.environ), file) // 1024)
    say(f"The cache is copied to {file} ({size_kb} KB). It holds the device's token: keep it safe.")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def restore(loaded: Loaded, file: Path) -> None:
    """Put a backup back; the cache it replaces is kept, and the events that only it has are taken over."""
    from scanner_app.store.rescue.backup import restore as put_back

    restored = put_back(data_dir(loaded.config, os.environ), file)
    say("The backup is in place. The centre numbers this device's events anew at the next exchange.")
    if restored.aside is not None:
        say(
            f"Events that the backup does not hold, taken over to be sent: {restored.taken_over}. "
            f"The replaced cache is kept in {restored.aside}."
        )


@cli.command()
@click.option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), help="Where its data is kept.")
@click.option("--scale", default="small", show_default=True, help="small, full, or ITEMS/ROWS such as 5000/20000.")
@click.option(
    "--central",
    "engine",
    type=click.Choice(["sqlite", "postgres", "postgresql"]),
    default="sqlite",
    show_default=True,
    help="The database of the centre; a PostgreSQL is started with the demo and stops with it.",
)
@click.option("--no-ui", is_flag=True, help="Build and start everything but the screen, until interrupted.")
def demo(folder: Path | None, scale: str, engine: str, no_ui: bool) -> None:
    """Build a demo warehouse with a centre of its own, and scan in it."""
    from scanner_app.showcase.showcase import POSTGRESQL, SQLITE, Showcase, demo_folder
    from scanner_app.signals import ends_when_told

    if no_ui:
        ends_when_told()
    chosen = SQLITE if engine == SQLITE else POSTGRESQL
    with Showcase(folder or demo_folder(os.environ), scale, tell=say, engine=chosen) as showcase:
        for line in showcase.handout_lines():
            say(line)
        if no_ui:
            say("Running. Interrupt to stop.")
            showcase.wait()
        elif not sys.stdin.isatty():
            say(f"No terminal here. Pipe lines into: scanner --config {showcase.config_path} line")
        else:
            click.pause("Press any key to open the scanner screen; leave it with F10 or .q ")
            sys.exit(showcase.open_screen())


@cli.command()
@click.option("--show", "is_shown", is_flag=True, help="Play the lessons by themselves.")
@click.option("--rate", default=0.4, show_default=True, help="With --show: entries a second.")
@click.option("--sheet", "page", type=click.Path(path_type=Path, dir_okay=False), help="Only write the codes to FILE.")
@click.pass_obj
def train(loaded: Loaded, is_shown: bool, rate: float, page: Path | None) -> None:
    """Learn to scan in a warehouse of your own; it leaves nothing behind."""
    from scanner_app.training import course

    if page is not None:
        page.write_text(course.codes_page(), encoding="utf-8")
        say(f"All codes of the training as barcodes to print: {page}")
    elif is_shown:
        course.show(loaded.config, rate, say)
    else:
        course.train(loaded.config, say)


def run_cli() -> NoReturn:
    """Run the command that was asked for, say in one sentence what is wrong, and end the process."""
    guard()
    try:
        code = _status()
    except OSError as error:
        code = failed(error)
    end(code)


def _status() -> int:
    try:
        code = cli(standalone_mode=False)
    except click.ClickException as error:
        with contextlib.suppress(OSError), io.StringIO() as told:  # nobody listens; the status says it
            error.show(told)
            say(told.getvalue().rstrip("\n"), err=True)
        code = error.exit_code
    except click.exceptions.Abort:
        code = 130
    except SystemExit as ended:
        code = ended.code
    except ScannerError as error:
        complain(error)
        code = 1
    return code if isinstance(code, int) else 0
