"""Roles to colours: the sixteen every terminal has, the strongest of them, or none."""

from collections.abc import Mapping

from rich.style import Style

from screens.manner import Contrast
from screens.row import Role

COLOURS = {
    Role.PLAIN: Style(),
    Role.TITLE: Style(color="black", bgcolor="white"),
    Role.LINKED: Style(color="black", bgcolor="green"),
    Role.UNLINKED: Style(color="black", bgcolor="yellow"),
    Role.PROMPT: Style(color="bright_white", bgcolor="blue", bold=True),
    Role.ENTRY: Style(bold=True),
    Role.GOOD: Style(color="black", bgcolor="green"),
    Role.ATTENTION: Style(color="black", bgcolor="yellow"),
    Role.BAD: Style(color="bright_white", bgcolor="red", bold=True),
    Role.LABEL: Style(),
    Role.DATA: Style(bold=True),
    Role.RULE: Style(),
    Role.HINT: Style(color="cyan"),
    Role.STATUS: Style(color="black", bgcolor="white"),
    Role.HALTED: Style(color="bright_white", bgcolor="red", bold=True),
}

_STRONG = Style(color="bright_white", bgcolor="black", bold=True)
_INK = Style(color="black", bgcolor="bright_white", bold=True)
_ALARM = Style(color="bright_white", bgcolor="red", bold=True)
HIGH = {
    **dict.fromkeys(Role, _STRONG),
    **dict.fromkeys((Role.TITLE, Role.STATUS, Role.PROMPT), _INK),
    **dict.fromkeys((Role.LINKED, Role.GOOD), Style(color="black", bgcolor="bright_green", bold=True)),
    **dict.fromkeys((Role.UNLINKED, Role.ATTENTION), Style(color="black", bgcolor="bright_yellow", bold=True)),
    **dict.fromkeys((Role.BAD, Role.HALTED), _ALARM),
}
"""For bright light and tired eyes: black and white at their strongest, whatever the terminal's own background is."""

_REVERSED = frozenset((Role.TITLE, Role.UNLINKED, Role.BAD, Role.HALTED, Role.STATUS))
_BOLD = frozenset((Role.PROMPT, Role.ENTRY, Role.DATA, Role.BAD, Role.HALTED, Role.ATTENTION))
MONOCHROME = {role: Style(reverse=role in _REVERSED or None, bold=role in _BOLD or None) for role in Role}
"""For NO_COLOR: symbols and words say it, bold and reverse underline it."""


def palette(contrast: Contrast) -> Mapping[Role, Style]:
    return {Contrast.NORMAL: COLOURS, Contrast.HIGH: HIGH, Contrast.NONE: MONOCHROME}[contrast]
