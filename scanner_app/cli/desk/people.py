"""The people of a site: list, give a new PIN, take out of use: ``scanner central people ...``."""

import sys
from typing import TYPE_CHECKING

import click

from scanner_app.cli.data import open_central
from scanner_app.cli.desk.shown import AS_JSON, REASON, SITE, inherited, now_us, show
from scanner_app.cli.printing import say
from scanner_app.domain.desk.asks import RetireOperator, SetPin
from scanner_app.domain.people import PIN_DIGITS, is_pin
from scanner_app.domain.pin import is_simple
from scanner_app.domain.quantity import show_quantity

if TYPE_CHECKING:
    from scanner_app.domain.desk.replies import InHand, PersonRow


@click.group(invoke_without_command=True)
@SITE
@AS_JSON
@click.pass_context
def people(context: click.Context, site: str, as_json: bool) -> None:
    """List the people of a site: who is signed on where, whose hand holds what; or change one of them."""
    from sync.central.decisions import desk_administration as admin

    if context.invoked_subcommand is None:
        store = open_central(context.obj)
        show(admin.people(store, admin.site_meant(store, site), now_us()), _line, as_json=as_json)


def _line(row: "PersonRow") -> str:
    told = [" ".join(row.roles)]
    told += [f"is {row.person}"] if row.person != row.operator else []
    told += [f"at {at.name}" for at in row.at]
    told += [f"in hand: {', '.join(map(_held, row.in_hand))}"] if row.in_hand else []
    told += [] if row.is_active else ["OUT OF USE"]
    return f"{row.operator}  {row.name}: {', '.join(told)}"


def _held(goods: "InHand") -> str:
    return f"{show_quantity(goods.quantity)} {goods.unit} {goods.item} {goods.lot}{goods.serial}".rstrip()


@people.command()
@SITE
@REASON
@click.argument("operator")
@click.pass_context
def retire(context: click.Context, site: str, reason: str, operator: str) -> None:
    """Take OPERATOR (the number) out of use: nobody signs in so any more."""
    from sync.central.decisions import desk_administration as admin

    store = open_central(context.obj)
    where = admin.site_meant(store, inherited(context, site))
    given = RetireOperator(id=admin.new_order_id(), operator=operator, reason=reason)
    done = admin.order(store, where, given, now_us())
    told = f"Operator {operator} is out of use (word {done.number})." if done else f"Operator {operator} is out of use."
    say(told)


@people.command()
@SITE
@click.argument("operator")
@click.pass_context
def pin(context: click.Context, site: str, operator: str) -> None:
    """Give OPERATOR a new PIN, asked for here or read from standard input; it also ends a lock."""
    from sync.central.decisions import desk_administration as admin
    from sync.central.decisions.pin_check import verifier_of

    store = open_central(context.obj)
    where = admin.site_meant(store, inherited(context, site))
    given = SetPin(id=admin.new_order_id(), operator=operator, verifier=verifier_of(_new_pin(operator)))
    done = admin.order(store, where, given, now_us())
    if done:
        say(f"Operator {operator} has a new PIN (word {done.number}).")


def _new_pin(operator: str) -> str:
    """A PIN that nobody sees and no list of processes shows."""
    typed = _asked() if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not is_pin(typed):
        raise click.UsageError(f"A PIN has {PIN_DIGITS} digits.")
    if is_simple(typed, operator):
        raise click.UsageError("That PIN is among the first that others would try; take another.")
    return typed


def _asked() -> str:
    answer: str = click.prompt("New PIN", hide_input=True, confirmation_prompt=True)
    return answer
