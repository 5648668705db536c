"""The commands of a site's calendar and of closing its months: ``scanner central calendar ...``."""

import time
from datetime import date, datetime

import click

from scanner_app.cli.data import open_central
from scanner_app.cli.printing import say
from scanner_app.config import Loaded

_SITE = click.option("--site", required=True, help="The site.")
_MONTH = click.option("--month", required=True, help="The month, such as 2026-10.")
_DAYS = click.DateTime(["%Y-%m-%d"])


@click.group()
def calendar() -> None:
    """When the days of a site begin, which are worked, and how far its books are closed."""


@calendar.command()
@_SITE
@click.pass_obj
def show(loaded: Loaded, site: str) -> None:
    """Print the calendar of a site."""
    from sync.central.sites.calendar import shown

    terms = open_central(loaded).read(lambda connection: shown(connection, site))
    say(f"days of {site} begin at {terms.day_starts:02}:00 ({terms.zone})")
    say(f"working days: {terms.working or 'none'}")
    say(f"holidays: {', '.join(map(str, terms.holidays)) or 'none'}")
    if terms.closed_month:
        say(f"closed up to {terms.closed_month}; what comes late is booked on {terms.open_day}")


@calendar.command("set")
@_SITE
@click.option("--day-starts", type=click.IntRange(0, 23), help="The hour at which a day begins.")
@click.option("--working", help="The days that are worked, such as 'mon tue wed thu fri sat'.")
@click.pass_obj
def set_(loaded: Loaded, site: str, day_starts: int | None, working: str | None) -> None:
    """Set when days begin and which weekdays are worked. Months that are closed stay as they were closed."""
    from sync.central.sites.calendar import set_days

    set_days(open_central(loaded), site, day_starts, working)


@calendar.command()
@_SITE
@click.option("--worked", is_flag=True, help="They are worked after all.")
@click.argument("days", type=_DAYS, nargs=-1, required=True)
@click.pass_obj
def holiday(loaded: Loaded, site: str, worked: bool, days: tuple[datetime, ...]) -> None:
    """Make DAYS holidays."""
    from sync.central.sites.calendar import set_holidays

    set_holidays(open_central(loaded), site, _dates(days), are_worked=worked)


def _dates(days: tuple[datetime, ...]) -> list[date]:
    return [day.date() for day in days]


@calendar.command()
@_SITE
@_MONTH
@click.pass_obj
def close(loaded: Loaded, site: str, month: str) -> None:
    """Close a month and all before it: what comes late is booked on the first open day."""
    from sync.central.sites.calendar import close_month

    open_day = close_month(open_central(loaded), site, month, time.time_ns() // 1000)
    say(f"The books of site {site} are closed up to {month}; what comes late is booked on {open_day}.")


@calendar.command()
@_SITE
@_MONTH
@click.pass_obj
def reopen(loaded: Loaded, site: str, month: str) -> None:
    """Open a closed month and all after it. What was booked meanwhile stays where it is."""
    from sync.central.sites.calendar import reopen_month

    reopen_month(open_central(loaded), site, month)
    say(f"The books of site {site} are open from {month} on.")
