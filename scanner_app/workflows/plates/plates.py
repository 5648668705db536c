"""Plates: which of the things that are done with license plates."""

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.lookups.offers import Use
from scanner_app.workflows.parts.process import SLOTS, row, started
from scanner_app.workflows.plates import phrases as say
from scanner_app.workflows.plates.build import BUILD
from scanner_app.workflows.plates.nest import NEST
from scanner_app.workflows.plates.unload import UNLOAD

ON_PLATES = (row(1, BUILD), row(2, UNLOAD), row(3, NEST))

PLATES = Script(
    name="plates", title=say.PLATES, steps=started(ON_PLATES), slots=SLOTS, right=Right.MOVE, uses=Use.PLATES
)
