"""What is to be counted at a site: list it, plan it, ask for it: ``scanner central tasks ...``."""

from datetime import datetime
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from scanner_app.cli.data import open_central
from scanner_app.cli.desk.shown import AS_JSON, SITE, inherited, now_us, show
from scanner_app.cli.printing import say

if TYPE_CHECKING:
    from scanner_app.domain.task import Task
    from sync.central.tasks.looking import Looked

_SHOWN_MAX = 20


@click.group(invoke_without_command=True)
@SITE
@click.option("--zone", default="", help="Only those of a zone.")
@click.option("--plan", "plan_name", default="", help="Only those of a plan; a stocktake has an @ before its name.")
@AS_JSON
@click.pass_context
def tasks(context: click.Context, site: str, zone: str, plan_name: str, as_json: bool) -> None:
    """List what is to be counted at a site, the most urgent first, and who has it; or plan and ask for more."""
    from sync.central.decisions.desk_administration import site_meant
    from sync.central.tasks.task_requests import open_now

    if context.invoked_subcommand is None:
        store = open_central(context.obj)
        where = site_meant(store, site)
        found = store.read(lambda connection: open_now(connection, where))
        wanted = (task for task in found if zone in ("", task.zone) and plan_name in ("", task.plan))
        show(map(asdict, wanted) if as_json else wanted, _line, as_json=as_json)


def _line(task: "Task") -> str:
    told = [f"priority {task.priority}"]
    told += [f"zone {task.zone}"] if task.zone else []
    told += [f"due {_day(task.due)}"] if task.due else []
    told += [f"plan {task.plan}"] if task.plan else []
    told += [f"not by {task.not_by}"] if task.not_by else []
    told += [f"{task.holder} has it"] if task.holder else []
    what = f"{task.kind} {task.item} at {task.place}" if task.item else f"{task.kind} {task.place}"
    return f"{what}: {', '.join(told)}"


def _day(us: int) -> str:
    """The day on which something is due; an end of a day is the last moment of it."""
    return datetime.fromtimestamp((us - 1) / 1e6).astimezone().date().isoformat()


@tasks.command()
@SITE
@click.option("--seed", default="", help="Draw where plans begin by this text, and not by the day.")
@AS_JSON
@click.pass_context
def plan(context: click.Context, site: str, seed: str, as_json: bool) -> None:
    """Do now what the service does by itself: find what is due today, make tasks of it, free what nobody has."""
    from sync.central.decisions.desk_administration import site_meant
    from sync.central.tasks.looking import look

    store = open_central(context.obj)
    where = site_meant(store, inherited(context, site))
    show([look(store, where, now_us(), seed)], _looked, as_json=as_json)


def _looked(looked: "Looked") -> str:
    if not looked.is_worked:
        return f"{looked.day} is not worked at this site: no plan makes tasks. {looked.ended} are of no use any more."
    due = "".join(f" By {plan} {count} places are due." for plan, count in looked.due)
    return f"{looked.day}: {looked.made} new tasks, {looked.ended} of no use any more.{due}"


@tasks.command()
@SITE
@click.option("--item", default="", help="Only this item there; without a PLACE wherever it is.")
@click.option("--priority", type=click.IntRange(0, 9), default=5, show_default=True, help="The higher the sooner.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="The day until which it is to be done.")
@click.option("--not-by", default="", help="A person who is not to do it.")
@click.argument("places", nargs=-1)
@click.pass_context
def ask(
    context: click.Context, *, site: str, item: str, priority: int, due: datetime | None, not_by: str,
    places: tuple[str, ...],
) -> None:  # fmt: skip
    """Have PLACES counted, or every place of an item. Each has one task, whoever else wants it counted."""
    from sync.central.decisions.desk_administration import site_meant
    from sync.central.tasks.task_requests import Request, ask_for, end_of_day_us

    store = open_central(context.obj)
    where = site_meant(store, inherited(context, site))
    due_us = store.read(lambda connection: end_of_day_us(connection, where, due.date())) if due else 0
    made = ask_for(store, where, Request(places, item, priority, due_us, not_by), now_us())
    say(f"To be counted: {', '.join(task.place for task in made[:_SHOWN_MAX])}{_more(len(made))}.")


def _more(count: int) -> str:
    return f" and {count - _SHOWN_MAX} more" if count > _SHOWN_MAX else ""
