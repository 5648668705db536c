"""The menu: which process to work in."""

from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.move import phrases as move_phrases
from scanner_app.workflows.phrases import phrase as phrases
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask import Option
from scanner_app.workflows.shift.status_phrases import STATUS
from scanner_app.workflows.today import phrases as today_phrases

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
