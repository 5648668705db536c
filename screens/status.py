"""The words of the two status places: the corner of the title and the row at the bottom.

A narrow or middling screen has no room to say twice how many events wait: there the corner alone does.
"""

from scanner_app.session.view.view import Chrome, Pull, Scanner, StatusLine, View
from screens.cells import cut, shortened, width_of
from screens.clean import clean

WIDE_FROM_WIDTH = 40
ROOMY_FROM_WIDTH = 60
_DAY_US = 86_400_000_000
_AGES_S = (86_400, 3_600, 60, 1)


def corner(view: View, width: int) -> str:
    """Link and waiting events, always as wide: it is looked for, not read."""
    status = view.status
    text = f"{clean(view.chrome.link(status.link)):>5}{_count(status.waiting):>4}"
    return f"{text} " if width >= WIDE_FROM_WIDTH else text


def status_text(view: View, width: int, now_us: int) -> str:
    """What changes with each entry stands left, where a repaint is cheapest; the operator and the time stand right.

    Where everything is shown in full the name has the row alone, if it needs that.
    """
    name = clean(view.status.operator)
    left = f" #{view.counter} {_state(view, width, now_us)}"
    right = _right(view, width - width_of(left) - 2, now_us if width >= WIDE_FROM_WIDTH else None)
    if view.is_whole and name and name not in right:
        return f" {shortened(name, width - 2)}"
    return left + " " * max(0, width - width_of(left) - width_of(right) - 1) + right


def _state(view: View, width: int, now_us: int) -> str:
    """How far a pull has come while there is one; else when the last exchange was, what waits and what came back."""
    status, words = view.status, view.chrome
    if status.pull is not None:
        return _progress(status.pull, words, width - len(str(view.counter)) - 4)
    age = age_text(status.exchanged_us, now_us, words)
    if width < WIDE_FROM_WIDTH:
        age = "" if is_alarming(status) else age
        return age + (f" !{_count(status.held)}" if status.held else "")
    parts = [words.synced.format(age=age)]
    parts += [words.waiting.format(count=_count(status.waiting))] if width >= ROOMY_FROM_WIDTH else []
    parts += [words.held.format(count=_count(status.held))] if status.held else []
    return clean("  ".join(["", *parts])[1:])


def _progress(pull: Pull, words: Chrome, room: int) -> str:
    """A bar of ASCII and the share; rows alone where nobody knows how many there will be."""
    if not pull.expected:
        return cut(f"{_count(pull.done)} {clean(words.pulling)}", room)
    share = min(1.0, pull.done / pull.expected)
    cells = min(20, room - 7)
    bar = "#" * int(share * cells)
    shown = f"[{bar:.<{cells}}] {int(share * 100)}%"
    explained = f"{shown} {clean(words.pulling)}"
    return explained if width_of(explained) <= room - 8 else shown


def _right(view: View, room: int, now_us: int | None) -> str:
    """A scanner that is gone, or who the operator is; the time where there is room."""
    status = view.status
    clock = "" if now_us is None or room < 6 else clock_text(now_us + status.local_us)
    left = room - len(clock) - (2 if clock else 0)
    if left <= 2:
        return clock
    is_lost = status.scanner is Scanner.LOST
    words = cut(clean(view.chrome.no_scanner), left) if is_lost else shortened(clean(status.operator), left)
    return "  ".join(part for part in (words, clock) if part)


def clock_text(wall_us: int) -> str:
    """The time of day, by 24 hours."""
    minutes = wall_us % _DAY_US // 60_000_000
    return f"{minutes // 60:02}:{minutes % 60:02}"


def age_text(then_us: int, now_us: int, words: Chrome) -> str:
    """How long ago, in the largest unit that is at least one; "-" for never."""
    if not then_us:
        return "-"
    seconds = max(0, now_us - then_us) // 1_000_000
    unit, length_s = next(pair for pair in zip(words.ages, _AGES_S, strict=True) if seconds >= pair[1] or pair[1] == 1)
    return clean(unit).format(count=seconds // length_s)


def is_alarming(status: StatusLine) -> bool:
    """Say whether the row at the bottom tells of something to be mended."""
    return status.scanner is Scanner.LOST


def _count(number: int) -> str:
    return str(number) if number < 1000 else f"{min(number // 1000, 999)}k"
