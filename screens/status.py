"""The words of the two status places: the corner of the title and the row at the bottom.

A narrow screen has no room to say twice how many events wait: there the corner alone does.
"""

from scanner_app.session.view import Link, StatusLine, View
from screens.cells import cut, width_of
from screens.clean import clean

WIDE_FROM_WIDTH = 40

_LINKS = {
    Link.NEVER: "NEW",
    Link.OFFLINE: "OFF",
    Link.CONNECTING: "...",
    Link.ONLINE: "ON",
    Link.REFUSED: "REF!",
}


def corner(status: StatusLine) -> str:
    """Link and waiting events, always as wide: it is looked for, not read."""
    return f"{_LINKS[status.link]:>5}{_count(status.waiting):>4} "


def status_text(view: View, width: int, now_us: int) -> str:
    """What changes with each entry stands left, where a repaint is cheapest; the operator stands right."""
    status = view.status
    age = age_text(status.exchanged_us, now_us)
    left = f" #{view.counter} {age}"
    if width >= WIDE_FROM_WIDTH:
        left = f" #{view.counter}  synced {age}  {_count(status.waiting)} waiting"
    room = width - width_of(left) - 2
    operator = cut(clean(status.operator), room) if room > 2 else ""
    return left + " " * max(0, width - width_of(left) - width_of(operator) - 1) + operator


def age_text(then_us: int, now_us: int) -> str:
    """How long ago, in the largest unit that is at least one; "-" for never."""
    if not then_us:
        return "-"
    seconds = max(0, now_us - then_us) // 1_000_000
    for unit, length_s in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds >= length_s:
            return f"{seconds // length_s}{unit}"
    return f"{seconds}s"


def _count(number: int) -> str:
    return str(number) if number < 1000 else f"{min(number // 1000, 999)}k"
