"""All scripts by name; adding a process to the product is adding one line here and one file beside."""

from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.inquiry.inquiry import INQUIRY
from scanner_app.workflows.menu import MENU
from scanner_app.workflows.move.move import MOVE
from scanner_app.workflows.move.put import PUT
from scanner_app.workflows.move.take import TAKE
from scanner_app.workflows.plates.build import BUILD
from scanner_app.workflows.plates.nest import NEST
from scanner_app.workflows.plates.plates import PLATES
from scanner_app.workflows.plates.unload import UNLOAD
from scanner_app.workflows.shift.leave import LEAVE
from scanner_app.workflows.shift.lock import LOCK
from scanner_app.workflows.shift.sign_in import SIGN_IN
from scanner_app.workflows.shift.status import STATUS
from scanner_app.workflows.today.today import TODAY

SCRIPTS: dict[str, Script] = {
    script.name: script
    for script in (SIGN_IN, MENU, MOVE, TAKE, PUT, PLATES, BUILD, UNLOAD, NEST, INQUIRY, TODAY, LEAVE, STATUS, LOCK)
}
