"""My PIN: everybody changes their own; the one that holds until now proves who it is."""

from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.parts.centre import phrases as desk_phrases
from scanner_app.workflows.parts.centre.new_pin import SLOTS, new_pin
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift import phrases as say


def my_pin(operator: str) -> Steps:
    """Ask for the new one twice, then for the old one, and say that it is changed."""
    yield from new_pin(operator)
    yield Start("menu", {}, Said(desk_phrases.PIN_SET.key, "good", {"who": operator}))


MY_PIN = Script(name="my_pin", title=say.MY_PIN, steps=my_pin, slots=SLOTS, secret=True)
