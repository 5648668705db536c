"""Nest plates: put one plate, with all that is on it, onto another."""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Post, Said, Script, Steps
from scanner_app.workflows.lookups import look
from scanner_app.workflows.lookups.look import Whereabouts
from scanner_app.workflows.move import phrases as words
from scanner_app.workflows.parts.target import set_down
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Place


def nest(operator: str) -> Steps:
    """Ask for the upper plate, then for the one it is put on."""
    del operator
    upper: Place = yield ask.AskPlate(slot="plate", phrase=words.NEST_WHICH, help=words.HELP_PLATE, label=words.L_PLATE)
    stands: Whereabouts = yield look.Where(upper.place)
    lower: Place = yield ask.AskPlate(
        slot="onto", phrase=words.ONTO_WHICH, help=words.HELP_PLATE, label=words.L_ONTO,
        onto=upper.place, layers=stands.layers,
    )  # fmt: skip
    yield Post(set_down(stands, lower), {}, Said(words.NESTED.key, "good", {"plate": lower.place}))


NEST = Script(name="nest", title=words.NEST, steps=nest, slots=("plate", "onto"), right=Right.MOVE, halts=True)
