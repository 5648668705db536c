"""The PIN of somebody whose badge was scanned, as sign-in and lock ask for it."""

from scanner_app.workflows.questions.answers import Person
from scanner_app.workflows.questions.ask.pin import AskPin
from scanner_app.workflows.shift import phrases as say


def pin_of(person: Person) -> AskPin:
    return AskPin(
        slot="pin", phrase=say.YOUR_PIN, help=say.HELP_PIN, arguments={"name": person.name}, operator=person.operator
    )
