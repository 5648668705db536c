"""All scripts by name: those on the menu, and those that another script or a command starts."""

from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.menu import MENU, ON_MENU
from scanner_app.workflows.plates.plates import ON_PLATES
from scanner_app.workflows.shift.leave import LEAVE
from scanner_app.workflows.shift.lock import LOCK
from scanner_app.workflows.shift.sign_in import SIGN_IN

SCRIPTS: dict[str, Script] = {script.name: script for script in (SIGN_IN, MENU, *ON_MENU, *ON_PLATES, LEAVE, LOCK)}
