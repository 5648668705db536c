"""The devices of a site: list, shut out, let in again, rename: ``scanner central devices ...``."""

from typing import TYPE_CHECKING

import click

from scanner_app.cli.data import open_central
from scanner_app.cli.desk.shown import AS_JSON, REASON, SITE, ago, inherited, now_us, show
from scanner_app.cli.printing import say
from scanner_app.domain.desk.asks import AdmitDevice, RenameDevice, RevokeDevice

if TYPE_CHECKING:
    from scanner_app.domain.desk.replies import DeviceRow


@click.group(invoke_without_command=True)
@SITE
@AS_JSON
@click.pass_context
def devices(context: click.Context, site: str, as_json: bool) -> None:
    """List the devices of a site: last contact, clock, version, what of theirs waits; or change one of them."""
    from sync.central.decisions import desk_administration as admin

    if context.invoked_subcommand is None:
        store = open_central(context.obj)
        show(admin.devices(store, admin.site_meant(store, site), now_us()), _line, as_json=as_json)


def _line(row: "DeviceRow") -> str:
    told = [f"heard from {ago(row.heard_us)}", f"all told up to {ago(row.told_us)}"]
    told += [f"{row.waiting} not sent"] if row.waiting else []
    told += [f"{count} {outcome}" for outcome, count in row.undecided.items()]
    told += [f"clock {row.offset_us / 1e6:+.1f} s", f"{row.program or 'no program yet'}, protocol {row.protocol}"]
    told += [f"signed on: {' '.join(row.operators)}"] if row.operators else []
    told += ["REVOKED"] if row.is_revoked else []
    return f"{row.device}  {row.name}: {', '.join(told)}"


@devices.command()
@SITE
@REASON
@click.argument("device")
@click.pass_context
def revoke(context: click.Context, site: str, reason: str, device: str) -> None:
    """Shut DEVICE (its name or id) out: what it pushes from now on is quarantined, and it is sent nothing."""
    from sync.central.decisions import desk_administration as admin

    store = open_central(context.obj)
    where = admin.site_meant(store, inherited(context, site))
    name = admin.device_meant(store, where, device)
    given = RevokeDevice(id=admin.new_order_id(), device=name, reason=reason)
    done = admin.order(store, where, given, now_us())
    say(f"Device {name} is shut out (word {done.number})." if done else f"Device {name} was shut out before.")


@devices.command()
@SITE
@REASON
@click.argument("device")
@click.pass_context
def admit(context: click.Context, site: str, reason: str, device: str) -> None:
    """Let DEVICE in again. What was quarantined waits for a word: 'central events --kind quarantined'."""
    from sync.central.decisions import desk_administration as admin

    store = open_central(context.obj)
    where = admin.site_meant(store, inherited(context, site))
    name = admin.device_meant(store, where, device)
    given = AdmitDevice(id=admin.new_order_id(), device=name, reason=reason)
    done = admin.order(store, where, given, now_us())
    say(f"Device {name} is let in again (word {done.number})." if done else f"Device {name} is not shut out.")


@devices.command()
@SITE
@click.argument("device")
@click.argument("name")
@click.pass_context
def rename(context: click.Context, site: str, device: str, name: str) -> None:
    """Call DEVICE by another NAME."""
    from sync.central.decisions import desk_administration as admin

    store = open_central(context.obj)
    where = admin.site_meant(store, inherited(context, site))
    known = admin.device_meant(store, where, device)
    done = admin.order(store, where, RenameDevice(id=admin.new_order_id(), device=known, name=name), now_us())
    say(f"Device {known} has its new name (word {done.number})." if done else f"Device {known} is called so.")
