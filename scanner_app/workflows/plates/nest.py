"""Nest plates: put one plate, with all that is on it, onto another."""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Post, Script, Steps
from scanner_app.workflows.lookups.load import Load, LoadOf
from scanner_app.workflows.lookups.places import Where, Whereabouts
from scanner_app.workflows.lookups.policy import Policies, Policy
from scanner_app.workflows.parts import offer_count, zero_check
from scanner_app.workflows.parts import phrases as part_phrases
from scanner_app.workflows.parts.target import set_down
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.plates import phrases as say
from scanner_app.workflows.questions.answers import Place
from scanner_app.workflows.questions.ask.plate import AskPlate


def nest(operator: str) -> Steps:
    """Ask for the upper plate, then for the one it is put on, and whether the place that it left is empty."""
    del operator
    policies: Policies = yield Policy()
    upper: Place = yield AskPlate(slot="plate", phrase=say.NEST_WHICH, help=part_phrases.HELP_PLATE, label=labels.PLATE)
    stands: Whereabouts = yield Where(upper.place)
    lower: Place = yield AskPlate(
        slot="onto", phrase=part_phrases.ONTO_WHICH, help=part_phrases.HELP_PLATE, label=labels.ONTO,
        onto=upper.place, layers=stands.layers,
    )  # fmt: skip
    load: Load = yield LoadOf(upper.place)
    bare = zero_check.emptied_of_plate(policies, load)
    seen = yield from zero_check.asked(bare if bare != lower.place else "")
    said = Said(say.NESTED.key, "good", {"plate": lower.place})
    yield offer_count.offering(Post(set_down(stands, lower).looked(seen), {}, said))


NEST = offer_count.first(
    Script(
        name="nest",
        title=say.NEST,
        steps=nest,
        slots=("plate", "onto", *zero_check.SLOTS),
        version=2,
        right=Right.MOVE,
    )
)
