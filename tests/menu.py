"""What a worker types at the menu, by the process they want."""

from scanner_app.workflows.menu import PROCESSES


def choice(process: str) -> str:
    """The number of a process in the menu."""
    return str([option.value for option in PROCESSES].index(process) + 1)


MOVE, LOOK_UP = choice("move"), choice("inquiry")
