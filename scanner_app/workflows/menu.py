"""The menu: which process to work in."""

from scanner_app.workflows import ask, move_phrases, phrases, today_phrases
from scanner_app.workflows.answers import Choice
from scanner_app.workflows.ask import Option
from scanner_app.workflows.script import Script, Start, Steps
from scanner_app.workflows.status_phrases import STATUS

PROCESSES = (
    Option("move", phrase=phrases.MOVE),
    Option("take", phrase=move_phrases.TAKE),
    Option("put", phrase=move_phrases.PUT),
    Option("plates", phrase=move_phrases.PLATES),
    Option("inquiry", phrase=phrases.INQUIRY),
    Option("today", phrase=today_phrases.TODAY),
    Option("status", phrase=STATUS),
)


def menu(operator: str) -> Steps:
    """Ask for a process and start it."""
    del operator
    chosen: Choice = yield ask.choice("process", phrases.CHOOSE, phrases.HELP_CHOOSE, PROCESSES)
    yield Start(chosen.value)


MENU = Script(name="menu", title=phrases.MENU, steps=menu, slots=("process",))
