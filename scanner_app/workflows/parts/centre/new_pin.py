"""A new PIN: typed twice here, sent as a verifier; the centre takes it from who proves to be who they are."""

from scanner_app.domain.desk.asks import SetPin
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.order_id import NewOrder, OrderId
from scanner_app.workflows.parts.centre import phrases as say
from scanner_app.workflows.parts.centre.asking import ORDER_SLOTS, ordered
from scanner_app.workflows.questions.answers import Hashed, Verified
from scanner_app.workflows.questions.ask.new_pin import AskNewPin
from scanner_app.workflows.questions.ask.pin_again import AskPinAgain
from scanner_app.workflows.questions.part import code
from scanner_app.workflows.questions.shown import Shown

SLOTS = ("new_pin", "pin_again", *ORDER_SLOTS)


def new_pin(operator: str) -> Part[None]:
    """Ask for the PIN that ``operator`` is to have, and have the centre set it."""
    who = {"who": operator}
    typed: Hashed = yield AskNewPin(
        slot="new_pin", phrase=say.NEW_PIN, help=say.HELP_NEW_PIN, arguments=who, operator=operator
    )
    again: Verified = yield AskPinAgain(
        slot="pin_again", phrase=say.PIN_AGAIN, help=say.HELP_PIN_AGAIN, verifier=typed.verifier
    )
    del again
    new: OrderId = yield NewOrder()
    order = SetPin(id=new.id, operator=operator, verifier=typed.verifier)
    yield from ordered(order, say.SURE_PIN, (Shown(parts=(code(operator),)),))
