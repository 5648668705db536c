"""Roles to colours: the sixteen every terminal has, or none of them."""

from rich.style import Style

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

_REVERSED = frozenset((Role.TITLE, Role.UNLINKED, Role.BAD, Role.HALTED, Role.STATUS))
_BOLD = frozenset((Role.PROMPT, Role.ENTRY, Role.DATA, Role.BAD, Role.HALTED, Role.ATTENTION))
MONOCHROME = {role: Style(reverse=role in _REVERSED or None, bold=role in _BOLD or None) for role in Role}
"""For NO_COLOR: symbols and words say it, bold and reverse underline it."""
