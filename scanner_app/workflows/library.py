"""All scripts by name; adding a process to the product is adding one line here and one file beside."""

from scanner_app.workflows.build import BUILD
from scanner_app.workflows.inquiry import INQUIRY
from scanner_app.workflows.leave import LEAVE
from scanner_app.workflows.lock import LOCK
from scanner_app.workflows.menu import MENU
from scanner_app.workflows.move import MOVE
from scanner_app.workflows.nest import NEST
from scanner_app.workflows.plates import PLATES
from scanner_app.workflows.put import PUT
from scanner_app.workflows.script import Script
from scanner_app.workflows.sign_in import SIGN_IN
from scanner_app.workflows.status import STATUS
from scanner_app.workflows.take import TAKE
from scanner_app.workflows.today import TODAY
from scanner_app.workflows.unload import UNLOAD

SCRIPTS: dict[str, Script] = {
    script.name: script
    for script in (SIGN_IN, MENU, MOVE, TAKE, PUT, PLATES, BUILD, UNLOAD, NEST, INQUIRY, TODAY, LEAVE, STATUS, LOCK)
}
