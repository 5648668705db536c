"""Build a plate: say which and where it stands, then take goods onto it."""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Post, Said, Script, Start, Steps
from scanner_app.workflows.lookups import look
from scanner_app.workflows.lookups.look import Policies, Whereabouts
from scanner_app.workflows.move import phrases as words
from scanner_app.workflows.move.move import GOODS_SLOTS
from scanner_app.workflows.move.take import take
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.parts.target import set_down
from scanner_app.workflows.phrases import phrase as phrases
from scanner_app.workflows.questions import ask
from scanner_app.workflows.questions.answers import Place


def build(operator: str, source: str = "", onto: str = "") -> Steps:
    """Begin a plate, or go on with the plate ``onto``; the last goods were taken from ``source``."""
    if onto:
        yield from take(operator, source, onto)
        return
    policies: Policies = yield look.Policy()
    plate: Place = yield ask.AskPlate(
        slot="plate", phrase=words.BUILD_WHICH, help=words.HELP_NEW_PLATE, label=words.L_PLATE, may_be_new=True
    )
    if not plate.is_new:
        yield Start("build", {"onto": plate.place})
        return
    target: Place = yield ask.AskPlace(
        slot="target", phrase=words.STANDS_WHERE, help=words.HELP_STANDS, label=phrases.L_TARGET, other_than=plate.place
    )
    yield from proven(policies, target, "target")
    said = Said(words.PLATE_BUILT.key, "good", {"place": target.place})
    yield Post(set_down(Whereabouts(plate.place), target), {"onto": plate.place}, said)


BUILD = Script(
    name="build",
    title=words.BUILD,
    steps=build,
    slots=("plate", "target", "target_digits", *GOODS_SLOTS, "empty"),
    right=Right.MOVE,
    halts=True,
    beginnings=({}, {"onto": "plate"}),
)
