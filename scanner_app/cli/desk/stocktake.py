"""Stocktakes of a site: begin, look how far, close, and what they came to: ``scanner central stocktake ...``."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from scanner_app.cli.data import open_central
from scanner_app.cli.desk.shown import AS_JSON, SITE, ago, inherited, now_us, show
from scanner_app.cli.printing import say

if TYPE_CHECKING:
    from sync.central.tasks.stocktakes import Stocktake

_LEFT_SHOWN = 20


@click.group(invoke_without_command=True)
@SITE
@AS_JSON
@click.pass_context
def stocktake(context: click.Context, site: str, as_json: bool) -> None:
    """List the stocktakes of a site; or begin one, look how far it is, and close it."""
    from sync.central.decisions.desk_administration import site_meant
    from sync.central.tasks.stocktakes import stocktakes_of

    if context.invoked_subcommand is None:
        store = open_central(context.obj)
        where = site_meant(store, site)
        found = store.read(lambda connection: stocktakes_of(connection, where))
        show(found, lambda one: _line(where, one), as_json=as_json)


def _line(site: str, one: "Stocktake") -> str:
    zones = f"zones {one.zones}" if one.zones else "all zones"
    if not one.closed_us:
        return f"{one.stocktake}: {zones}, {one.places} places, begun {ago(one.begun_us)}, goes on"
    gaps = f"{one.left} places were not counted, {one.devices_missing} devices had not told all"
    note = f" ({one.note})" if one.note else ""
    closed = f"{one.stocktake}: {zones}, {one.places} places, closed {ago(one.closed_us)}"
    return f"{closed}; {gaps}{note}. {_report(site, one)}"


def _report(site: str, one: "Stocktake") -> str:
    """The command that tells what a stocktake came to, the same for ever."""
    at = datetime.fromtimestamp(one.cut_us // 1_000_000, UTC).replace(microsecond=one.cut_us % 1_000_000)
    command = f"scanner central export stock --site {site} --as-of {at.isoformat()} --as-known-at {one.recorded}"
    return f"What it came to: {command}"


@stocktake.command()
@SITE
@click.option("--zones", default="", help="Only these zones, between commas.")
@click.argument("name")
@click.pass_context
def begin(context: click.Context, site: str, zones: str, name: str) -> None:
    """Begin the stocktake NAME: from now on every place is to be counted, and tasks come as they are done."""
    from sync.central.decisions.desk_administration import site_meant
    from sync.central.tasks.looking import look
    from sync.central.tasks.stocktakes import begin as begin_one

    store = open_central(context.obj)
    where = site_meant(store, inherited(context, site))
    wanted = filter(None, (zone.strip() for zone in zones.split(",")))
    begun = begin_one(store, where, name, wanted, now_us())
    look(store, where, now_us())
    say(f"Stocktake {begun.stocktake} has begun: {begun.places} places are to be counted.")


@stocktake.command("show")
@SITE
@AS_JSON
@click.argument("name", default="")
@click.pass_context
def show_(context: click.Context, site: str, as_json: bool, name: str) -> None:
    """How far the stocktake NAME is, or the one that goes on: by zone, who is where, what and who is missing."""
    from sync.central.decisions.desk_administration import site_meant
    from sync.central.tasks.stocktake_progress import Span, left_of, progress_of
    from sync.central.tasks.stocktakes import named, open_one

    store = open_central(context.obj)
    where = site_meant(store, inherited(context, site))
    one = store.read(lambda connection: (named if name else open_one)(connection, where, name))
    span = Span(one.plan, one.begun_us, one.cut_us or now_us())
    progress = store.read(lambda connection: progress_of(connection, where, span))
    if as_json:
        show([progress], str, as_json=True)
        return
    show([one], lambda row: _line(where, row), as_json=False)
    for zone in progress.zones:
        say(f"  zone {zone.zone}: {zone.counted} of {zone.places} counted, {zone.left} left")
    for at in progress.counting:
        say(f"  {at.operator} counts {at.place} (zone {at.zone}) since {ago(at.since_us)}")
    for device in progress.missing:
        say(f"  {device.name} has told all up to {ago(device.told_us)}, {device.waiting} not sent")
    left = store.read(lambda connection: left_of(connection, where, span, _LEFT_SHOWN)) if progress.left else ()
    if left:
        more = f" and {progress.left - len(left)} more" if progress.left > len(left) else ""
        say(f"  left: {', '.join(row.place for row in left)}{more}")


@stocktake.command()
@SITE
@click.option("--cut", default="", metavar="TIME", help="Cut the book over as of then; now, where it is left out.")
@click.option("--with-gaps", is_flag=True, help="Close it though places are left, or devices have not told all.")
@click.option("--note", default="", help="Why, for those who read it later.")
@click.argument("name", default="")
@click.pass_context
def close(context: click.Context, *, site: str, cut: str, with_gaps: bool, note: str, name: str) -> None:
    """Close the stocktake NAME, or the one that goes on. What it came to can be told again for ever."""
    from sync.central.decisions.desk_administration import site_meant
    from sync.central.exports.moments import instant_us
    from sync.central.tasks.stocktakes import Cut
    from sync.central.tasks.stocktakes import close as close_one

    store = open_central(context.obj)
    where = site_meant(store, inherited(context, site))
    at_us = store.read(lambda connection: instant_us(connection, where, cut)) if cut else 0
    show([close_one(store, where, name, Cut(now_us(), at_us, note, has_gaps=with_gaps))], lambda one: _line(where, one),
         as_json=False)  # fmt: skip
