"""A View laid out in rows for any size of screen, from 20x8 up: a pure function.

From top to bottom: title with the link in its corner, prompt, what is being typed, message, body, hint, status. Places
are fixed from 12 rows up, so that the eye and the terminal find unchanged what did not change; below that, and where
the body finds no room, every row is used, and what comes first in ``_shares`` stays longest.
"""

import re

from msgspec.structs import replace

from scanner_app.session.view.view import Link, Tone, View
from screens.body.body import Body, body, tells_more_whole
from screens.body.facts import has_quantity
from screens.cells import cut, padded, tail, width_of, wrapped
from screens.clean import clean, clean_bytes
from screens.countdown import counted_down
from screens.messages import message_rows
from screens.row import Piece, Role, Row, row_of
from screens.status import corner, is_alarming, status_text

FIXED_FROM_HEIGHT = 12
RULE_FROM_HEIGHT = 14
NARROW_BELOW_WIDTH = 30
_TOTAL_ROWS = 2
"""So many rows a total may need beside a list; the rule gives way to it."""
APART_FROM_WIDTH = 40
"""On a low screen from this width on the foot of a list stands beside the keys."""

_FOOT = re.compile(r"(v \d+|\([^)]*\)).*?(F\d+ \.\w+)")
"""The foot of a list: how many more or that it ends, and the key."""

_CORNER_ROLES = {Link.ONLINE: Role.LINKED, Link.REFUSED: Role.BAD}


def paint(view: View, typed: bytes, width: int, height: int, now_us: int) -> list[Row]:
    """``height`` rows of exactly ``width`` cells each."""
    view = _answered(counted_down(view, now_us), width, height)
    shares, known = _arranged(view, width, height)
    blocks = [
        [_title(view, width)][: shares["title"]],
        _block(wrapped(clean(view.prompt), width, shares["prompt"]), Role.PROMPT, width, shares["prompt"]),
        [_entry(view, typed, width)][: shares["entry"]],
        _filled(message_rows(view, width, shares["message"]), width, shares["message"]),
        [row_of("─" * width, Role.RULE, width)][: shares["rule"]],
        known.rows,
        [row_of(_hint(view, known, width), Role.HINT, width)][: shares["hint"]],
        [_status(view, width, now_us)][: shares["status"]],
    ]
    rows = [row for block in blocks for row in block]
    return [_alarmed(row) for row in rows] if view.halted else rows


def _answered(view: View, width: int, height: int) -> View:
    """A view that says so where another page or the whole of it was asked for, and all of it is in sight anyway."""
    if not (view.page or view.is_whole) or view.message or view.halted:
        return view
    plain = replace(view, page=0, is_whole=False, message=view.chrome.all_in_sight, tone=Tone.ATTENTION)
    known = _arranged(plain, width, height)[1]
    is_less = known.is_short or (view.is_whole and tells_more_whole(view, width))
    return plain if known.is_all and not is_less else view


def _arranged(view: View, width: int, height: int) -> tuple[dict[str, int], Body]:
    """Rows for each block, and the body; what may give way does, where more of the body is in sight by that."""
    fixed, known = _shared(view, width, height, is_fixed=height >= FIXED_FROM_HEIGHT)
    if height >= FIXED_FROM_HEIGHT and not (known.is_all and not known.is_short):
        loose = _shared(view, width, height, is_fixed=False)
        is_total_cut = any(map(has_quantity, view.lines)) and loose[0]["lines"] <= len(view.listed) <= _TOTAL_ROWS
        return _shared(view, width, height, is_fixed=False, has_title=False) if is_total_cut else loose
    if height < FIXED_FROM_HEIGHT and view.listed and not known.is_all:
        untitled, all_known = _shared(view, width, height, is_fixed=False, has_title=False)
        return (untitled, all_known) if all_known.is_all else (fixed, known)
    return fixed, known


def _shared(
    view: View, width: int, height: int, *, is_fixed: bool, has_title: bool = True
) -> tuple[dict[str, int], Body]:
    """Rows for each block, and the body in its share of them."""
    prompt = len(wrapped(clean(view.prompt), width, height))
    message = len(message_rows(view, width))
    shares = _shares(view, prompt, message, (width, height), is_fixed=is_fixed, has_title=has_title)
    is_foot_apart = height < FIXED_FROM_HEIGHT and width >= APART_FROM_WIDTH and shares["hint"] > 0
    return shares, body(view, width, shares["lines"], is_foot_apart=is_foot_apart)


def _shares(
    view: View, prompt: int, message: int, size: tuple[int, int], *, is_fixed: bool, has_title: bool
) -> dict[str, int]:
    """Rows for each block, adding up to ``height``; the earlier a wish stands here, the surer it is fulfilled.

    From 12 rows on the prompt and what is typed keep their places; a message gives up the rows that it leaves blank
    where what is known or listed wants them (``is_fixed`` is off then), and the title its own for a quantity above a
    short list. Below that it does where all of a list is in sight by that row (``has_title`` is off then). How a
    mistake is acknowledged stays however much is said.
    """
    width, height = size
    is_roomy = height >= FIXED_FROM_HEIGHT
    room = 3 if width < NARROW_BELOW_WIDTH and height >= RULE_FROM_HEIGHT and not view.listed else 2
    has_lines = bool(view.listed or view.lines)
    wishes = [
        ("prompt", 1),
        ("entry", 1),
        ("message", 1 if message or is_fixed or not has_lines else 0),
        ("status", 1),
        ("prompt", (max(2, prompt) if is_roomy else prompt) - 1),
        ("hint", int(view.halted)),
        ("message", max(0, message - 1)),
        ("lines", 1 if has_lines else 0),
        ("hint", int(not view.halted)),
        ("lines", 1 if len(view.listed) + len(view.lines) > 1 and view.listed else 0),
        ("title", int(has_title)),
        ("message", max(0, room - max(1, message)) if is_fixed else 0),
        ("lines", _TOTAL_ROWS if view.listed and any(map(has_quantity, view.lines)) else 0),
        ("rule", 1 if height >= RULE_FROM_HEIGHT else 0),
        ("lines", height),
    ]
    shares = dict.fromkeys((name for name, _rows in wishes), 0)
    left = height
    for name, rows in wishes:
        granted = max(0, min(rows, left))
        shares[name] += granted
        left -= granted
    return shares


def _title(view: View, width: int) -> Row:
    link = corner(view, width)
    room = max(0, width - width_of(link))
    title = padded(cut(" " + clean(view.title), max(0, room - 1)), room)
    return (
        Piece(title, Role.TITLE),
        Piece(padded(link, width - room), _CORNER_ROLES.get(view.status.link, Role.UNLINKED)),
    )


def _entry(view: View, typed: bytes, width: int) -> Row:
    text = clean_bytes(typed)
    shown = "*" * len(text) if view.secret else text
    return row_of("> " + tail(shown, max(0, width - 3)) + "_", Role.ENTRY, width)


def _status(view: View, width: int, now_us: int) -> Row:
    return row_of(status_text(view, width, now_us), Role.BAD if is_alarming(view.status) else Role.STATUS, width)


def _hint(view: View, known: Body, width: int) -> str:
    """The foot of a list if it stands here, then as many of the hints, two spaces apart, as fit whole.

    The first of them stays, and while a mistake waits for it nothing takes its place: the foot gives up its words, then
    its key, and its number where not even that has room beside it.
    """
    first, *others = clean(view.hint).split("  ")
    feet = _feet(known.note)
    wholes = _wholes(view) if known.is_short or view.is_whole else []
    choices = [
        *((foot, first, whole) for foot in feet for whole in wholes),
        *((foot, first) for foot in feet),
        (first,) if view.halted else feet[:1],
    ]
    rows = (_beside(*choice) for choice in choices)
    shown = next((row for row in rows if width_of(row) <= width), cut(clean(view.hint), width))
    for part in others:
        if width_of(_beside(shown, part)) > width:
            break
        shown = _beside(shown, part)
    return shown


def _beside(*parts: str) -> str:
    return "  ".join(filter(None, parts))


def _feet(note: str) -> list[str]:
    """What a foot says in full, by its number and key, and by its number alone; the longest first."""
    short = _FOOT.match(note)
    return [note, f"{short[1]}: {short[2]}", short[1]] if short else [note]


def _wholes(view: View) -> list[str]:
    """How to see all of it, in words and by its key alone; nothing while a mistake waits."""
    words = clean(view.chrome.whole)
    return [] if view.halted else [words, f"{words[:1]} {words.rpartition(' ')[2]}"]


def _block(texts: list[str], role: Role, width: int, rows: int) -> list[Row]:
    """The texts in their role, and plain rows below them up to ``rows``."""
    filled = [row_of(text, role, width) for text in texts[:rows]]
    return filled + [row_of("", Role.PROMPT if role is Role.PROMPT else Role.PLAIN, width)] * (rows - len(filled))


def _filled(rows: list[Row], width: int, count: int) -> list[Row]:
    return rows + [row_of("", Role.PLAIN, width)] * (count - len(rows))


def _alarmed(row: Row) -> Row:
    """The whole screen takes the colour of an error that waits to be acknowledged."""
    return tuple(Piece(piece.text, piece.role if piece.role is Role.PROMPT else Role.HALTED) for piece in row)
