"""The menu: which process to work in; adding one to it is adding its script here."""

from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.inquiry.inquiry import INQUIRY
from scanner_app.workflows.move.move import MOVE
from scanner_app.workflows.move.put import PUT
from scanner_app.workflows.move.take import TAKE
from scanner_app.workflows.parts.process import SLOTS, options_of, started
from scanner_app.workflows.phrases.book import phrase_in_book
from scanner_app.workflows.plates.plates import PLATES
from scanner_app.workflows.shift.status import STATUS
from scanner_app.workflows.today.today import TODAY

ON_MENU = (MOVE, TAKE, PUT, PLATES, INQUIRY, TODAY, STATUS)
PROCESSES = options_of(ON_MENU)
TITLE = phrase_in_book("title.menu", "Menu")

MENU = Script(name="menu", title=TITLE, steps=started(ON_MENU), slots=SLOTS)
