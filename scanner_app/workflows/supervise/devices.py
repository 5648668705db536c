"""Devices: how each of the site is doing, and that one is trusted no more, let in again, or called otherwise."""

from collections.abc import Iterator

from scanner_app.domain.desk.asks import AdmitDevice, AskDevices, Order, RenameDevice, RevokeDevice
from scanner_app.domain.desk.replies import DeviceRow, DevicesPage
from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.lookups.order_id import NewOrder, OrderId
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.parts.centre.asking import ORDER_SLOTS, SLOTS, answered, ordered
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Choice, Text
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.name import AskName
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, code, number, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import device_phrases as words
from scanner_app.workflows.supervise import phrases as say
from scanner_app.workflows.supervise.reasons import why

REVOKE, ADMIT, RENAME, LIST, NEXT = "revoke", "admit", "rename", "list", "next"
SECOND_US = 1_000_000


def devices(operator: str, after: str = "") -> Steps:
    """List them; of the one that is chosen say everything, and offer what may be done to it."""
    del operator
    page = yield from answered(AskDevices(after=after), Start("devices", {"after": after}))
    assert isinstance(page, DevicesPage), "a question takes the reply that fits it"
    heard: Times = yield TimesOf(tuple(device.heard_us for device in page.devices))
    chosen: Choice = yield _which(page, heard.words)
    device = next((one for one in page.devices if one.device == chosen.value), None)
    if device is None:
        yield Start("devices", {"after": page.after if chosen.value == NEXT else ""})
        return
    times: Times = yield TimesOf((device.heard_us, device.told_us))
    what: Choice = yield _what_now(device, times.words)
    if what.value == LIST:
        yield Start("devices", {"after": after})
        return
    yield from _done(device, what.value)


def _which(page: DevicesPage, heard: tuple[str, ...]) -> AskChoice:
    listed = [
        Option(one.device, parts=(code(one.name), *_state(one, at)))
        for one, at in zip(page.devices, heard, strict=True)
    ]
    more = [Option(NEXT, phrase=labels.NEXT_PAGE)] if page.after else []
    look_again = [] if listed else [Option(LIST, phrase=say.TO_THE_LIST)]
    return AskChoice(slot="device", phrase=words.WHICH, help=words.HELP_WHICH, options=(*listed, *more, *look_again))


def _state(device: DeviceRow, heard: str) -> tuple[Part, ...]:
    waiting = (number(f"+{device.waiting:,}"),) if device.waiting else ()
    if device.is_revoked:
        return *waiting, verdict(words.IS_REVOKED)
    return *waiting, verdict(words.HEARD, {"time": heard}) if heard else verdict(words.NEVER_HEARD)


def _what_now(device: DeviceRow, times: tuple[str, ...]) -> AskChoice:
    way = Option(ADMIT, phrase=words.ADMIT) if device.is_revoked else Option(REVOKE, phrase=words.REVOKE)
    options = (Option(LIST, phrase=say.TO_THE_LIST), way, Option(RENAME, phrase=words.RENAME))
    return AskChoice(
        slot="what", phrase=say.WHAT_NOW, help=say.HELP_WHAT, options=options, lines=tuple(_known(device, times))
    )


def _known(device: DeviceRow, times: tuple[str, ...]) -> Iterator[Shown]:
    return (line for line in _lines(device, times) if line.text or line.parts)


def _lines(device: DeviceRow, times: tuple[str, ...]) -> Iterator[Shown]:
    yield Shown(parts=(code(device.name), *_state(device, times[0])))
    yield Shown(words.L_TOLD, times[1])
    yield Shown(words.L_WAITS, f"{device.waiting:,}")
    if device.offset_us or device.uncertainty_us:
        off, sure = device.offset_us / SECOND_US, device.uncertainty_us / SECOND_US
        yield Shown(words.L_CLOCK, f"{off:+,.1f} s, ±{sure:,.1f} s")
    yield Shown(words.L_VERSION, device.program)
    if device.operators:
        yield Shown(words.L_PEOPLE, ", ".join(device.operators))
    for outcome, count in device.undecided.items():
        yield Shown(words.L_OPEN, f"{count:,} {outcome}")


def _done(device: DeviceRow, what: str) -> Steps:
    """Ask what else it takes, then have the centre do it."""
    reason, name = "", device.name
    if what == RENAME:
        typed: Text = yield AskName(slot="name", phrase=words.NEW_NAME, help=words.HELP_NEW_NAME)
        name = typed.text
    else:
        reason = yield from why("lost", "broken", "other") if what == REVOKE else why("found", "other")
    new: OrderId = yield NewOrder()
    order, question, done = _order(what, new.id, device.device, reason, name)
    yield from ordered(order, question, (Shown(parts=(code(device.name),)),))
    yield Start("devices", {}, Said(done.key, "good", {"name": name}))


def _order(what: str, order: str, device: str, reason: str, name: str) -> tuple[Order, Phrase, Phrase]:
    if what == REVOKE:
        return RevokeDevice(id=order, device=device, reason=reason), words.SURE_REVOKE, words.REVOKED
    if what == ADMIT:
        return AdmitDevice(id=order, device=device, reason=reason), words.SURE_ADMIT, words.ADMITTED
    return RenameDevice(id=order, device=device, name=name), words.SURE_RENAME, words.RENAMED


DEVICES = Script(
    name="devices", title=say.DEVICES, steps=devices, right=Right.DECIDE, secret=True,
    slots=(*SLOTS, "device", "what", "why", "name", *ORDER_SLOTS),
)  # fmt: skip
