"""Mistakes without a reason of their own: what was read is something else, or nothing that is known."""

from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.facts import Facts
from scanner_app.workflows.questions.judgement import Refused, refused

WANTED = "wanted"
"""The argument of a refusal that holds the key of the sentence which says what is wanted instead."""


def misread(facts: Facts, otherwise: Phrase = say.UNKNOWN_CODE) -> Refused:
    """Say what it is that was read; ``otherwise`` where the site does not know it."""
    if facts.places:
        return refused(say.IS_PLATE if facts.places[0].is_plate else say.IS_PLACE)
    if facts.goods:
        return refused(say.IS_ITEM)
    return refused(say.NOT_HERE if facts.people else otherwise)
