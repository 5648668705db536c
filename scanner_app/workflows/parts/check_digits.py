"""Proving a place: the check digits on its label, where the site asks for them."""

from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.questions.answers import Place
from scanner_app.workflows.questions.ask.digits import AskDigits


def proven(policies: Policies, place: Place, slot: str) -> Part[None]:
    """Ask for the check digits of a place that has some, unless the label that was scanned held them."""
    if place.digits and policies.wants_digits(is_typed=place.is_typed):
        yield AskDigits(
            slot=f"{slot}_digits", phrase=say.CHECK_DIGITS, help=say.HELP_DIGITS,
            arguments={"place": place.place}, place=place.place, digits=place.digits,
        )  # fmt: skip
