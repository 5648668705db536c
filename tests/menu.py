"""What a worker types at the menu, by the process they want."""

from scanner_app.workflows.menu import number_of

MOVE, LOOK_UP, LEAVE = number_of("move"), number_of("inquiry"), number_of("leave")
