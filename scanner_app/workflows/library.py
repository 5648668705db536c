"""All scripts by name; adding a process to the product is adding one line here and one file beside."""

from scanner_app.workflows.inquiry import INQUIRY
from scanner_app.workflows.leave import LEAVE
from scanner_app.workflows.lock import LOCK
from scanner_app.workflows.menu import MENU
from scanner_app.workflows.move import MOVE
from scanner_app.workflows.script import Script
from scanner_app.workflows.sign_in import SIGN_IN

SCRIPTS: dict[str, Script] = {script.name: script for script in (SIGN_IN, MENU, MOVE, INQUIRY, LEAVE, LOCK)}
