"""Status: how the device is doing, shown as it changes. Nothing is asked and nothing is kept of what is shown."""

from scanner_app.workflows.engine.script import Script, Steps
from scanner_app.workflows.questions.ask.nothing import AskNothing
from scanner_app.workflows.shift import status_phrases as say


def status(operator: str) -> Steps:
    """Stay until the worker goes back."""
    del operator
    yield AskNothing(slot="status", phrase=say.THIS_DEVICE, help=say.HELP_STATUS)


STATUS = Script(name="status", title=say.STATUS, steps=status, slots=())
