"""The commands of the central store: ``scanner central ...``."""

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from scanner_app.cli.calendar import calendar
from scanner_app.cli.data import export, import_, open_central
from scanner_app.cli.desk.accuracy import accuracy
from scanner_app.cli.desk.devices import devices
from scanner_app.cli.desk.events import events
from scanner_app.cli.desk.people import people
from scanner_app.cli.desk.stocktake import stocktake
from scanner_app.cli.desk.tasks import tasks
from scanner_app.cli.desk.tokens import tokens
from scanner_app.cli.printing import say
from scanner_app.config import Loaded, central_url

if TYPE_CHECKING:
    from sync.central.sites.store_status import DeviceStatus


@click.group()
def central() -> None:
    """The central store: master data in, the book out, and the service that devices talk to."""


central.add_command(import_)
central.add_command(export)
central.add_command(calendar)
central.add_command(devices)
central.add_command(people)
central.add_command(events)
central.add_command(tokens)
central.add_command(tasks)
central.add_command(stocktake)
central.add_command(accuracy)


@central.command()
@click.pass_obj
def init(loaded: Loaded) -> None:
    """Create the tables where they are missing, and the reasons and limits that a site begins with."""
    from sync.central.database.store import init_store, shown
    from sync.central.imports.starting_set import begin_starting

    with contextlib.closing(init_store(central_url(loaded.config, os.environ))) as store:
        begin_starting(store)
    say(f"The central store is ready: {shown(store.engine.url)}")


@central.command()
@click.option("--host", help="The address to listen on; default from the configuration.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 takes any free one.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes; PostgreSQL only.")
@click.option("--until-eof", is_flag=True, help="Stop when standard input is closed.")
@click.pass_obj
def serve(loaded: Loaded, host: str | None, port: int | None, workers: int, until_eof: bool) -> None:
    """Serve devices until stopped."""
    from sync.central.service.server import serve as serve_store
    from sync.central.service.terms import Terms

    settings = loaded.config.central
    address = host or settings.host
    if until_eof:
        _stop_at_eof()
    serve_store(
        central_url(loaded.config, os.environ),
        address,
        settings.port if port is None else port,
        lambda bound: say(f"Serving on http://{_in_url(address)}:{bound}"),
        msgspec.convert(settings, Terms, from_attributes=True),
        workers=workers,
    )


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _stop_at_eof() -> None:
    """Ask for a graceful stop when whoever started this process is gone, however it went."""
    import signal
    import threading

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 1024):
                pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="until-eof", daemon=True).start()


@central.command()
@click.option("--site", required=True, help="The site that the device will belong to.")
@click.option("--for", "again", default="", metavar="DEVICE", help="The name or id of a device to be enrolled again.")
@click.option(
    "--sessions", type=click.IntRange(1, 1_000), default=1, show_default=True,
    help="How many may work at it at once; it has its shares of the centre by that.",
)  # fmt: skip
@click.pass_obj
def invite(loaded: Loaded, site: str, again: str, sessions: int) -> None:
    """Print a one-time code with which a new device enrols, or one of the site once more."""
    from sync.central.sites.administration import invite as new_code

    say(new_code(open_central(loaded), site, time.time_ns() // 1000, again=again, sessions=sessions))


@central.command()
@click.option("--site", required=True, help="The site whose postings may be read.")
@click.option("--reads", "name", required=True, metavar="NAME", help="Who reads them: an ERP, a report.")
@click.option("--withdraw", is_flag=True, help="Make the token of that reader void.")
@click.pass_obj
def token(loaded: Loaded, site: str, name: str, withdraw: bool) -> None:
    """Print a token with which NAME reads the postings of a site and changes nothing; the one before is void."""
    from sync.central.sites import administration as admin

    store = open_central(loaded)
    if withdraw:
        admin.withdraw_token(store, site, name)
        say(f"The token of {name} is void.")
    else:
        say(admin.read_token(store, site, name, time.time_ns() // 1000))


@central.command()
@click.pass_obj
def status(loaded: Loaded) -> None:
    """Print sites, devices and what became of their events."""
    from sync.central.sites.store_status import status as status_of

    now_us = time.time_ns() // 1000
    for site in status_of(open_central(loaded)).sites:
        say(f"site {site.site} {site.name}: version {site.version}, {site.recorded} ledger rows")
        if site.noticed_us:
            noticed = f"  put back from a copy without a word: devices showed it {_ago(now_us - site.noticed_us)} ago"
            say(f"{noticed}, and send again what it lost")
        for outcome, count in sorted(site.outcomes.items()):
            say(f"  events {outcome}: {count}")
        for device in site.devices:
            say(f"  device {device.device} {device.name}: {_told(device, now_us)}")


@central.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(loaded: Loaded, file: Path) -> None:
    """Copy the whole store, as it is now, to FILE; the service goes on meanwhile."""
    from sync.central.database.backup import back_up

    rows = back_up(open_central(loaded), file, time.time_ns() // 1000)
    say(f"{rows} rows are in {file}. It holds secrets of devices: keep it as you keep a password.")


@central.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=False)
@click.option("--is-done", is_flag=True, help="It was put back by other means (pg_basebackup, a copied file).")
@click.pass_obj
def restore(loaded: Loaded, file: Path | None, is_done: bool) -> None:
    """Make a store of the backup in FILE, where there is none; devices then send again what it does not hold."""
    if (file is None) != is_done:
        raise click.UsageError("Name the backup, or say --is-done.")
    from sync.central.book.lives import begin_lives

    if file is not None:
        from sync.central.database.backup import put_back

        rows = put_back(file, central_url(loaded.config, os.environ), begin_lives)
        say(f"{rows} rows are back. Run 'central verify', then start the service.")
    else:
        open_central(loaded).write(begin_lives)
        say("Devices send again what this store does not hold.")


@central.command()
@click.pass_obj
def verify(loaded: Loaded) -> None:
    """Check the laws of the book and its hash chain; ends with 1 when it is not sound."""
    from sync.central.audit.lawless_events import lawless_events
    from sync.central.audit.verification import missing_numbers
    from sync.central.audit.verification import verify as verify_store

    store = open_central(loaded)
    findings = verify_store(store)
    for note in (*missing_numbers(store), *store.read(lambda connection: list(lawless_events(connection)))):
        say(f"? {note}")
    for finding in findings:
        say(f"X {finding}")
    say("The book is sound." if not findings else f"{len(findings)} findings. Stop and call support.")
    if findings:
        sys.exit(1)


def _told(device: "DeviceStatus", now_us: int) -> str:
    """What a device has told, how far behind it is, and what of its events waits for somebody."""
    if not device.pushed_us:
        return "never heard from"
    said = [f"heard from {_ago(now_us - device.pushed_us)} ago"]
    said.append(
        f"all told up to {_ago(now_us - device.watermark_us)} ago" if device.watermark_us else "not all told yet"
    )
    said += [f"{count} {outcome}" for outcome, count in device.undecided.items()]
    said.append(f"clock {device.offset_us / 1e6:+.1f} s (within {device.uncertainty_us / 1e6:.1f} s)")
    said.append(f"{device.program}, protocol {device.protocol}, epoch {device.epoch}")
    return ", ".join([*said, "revoked"] if device.revoked else said)


def _ago(micros: int) -> str:
    seconds = max(0, micros // 1_000_000)
    for size, word in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {word}"
    return f"{seconds} seconds"
