"""What help says of the keys, below how to answer the question."""

from scanner_app.workflows.engine.commands import Command
from scanner_app.workflows.phrases.book import phrase_in_book

KEYS = {
    Command.HELP: phrase_in_book("key.help", "this help"),
    Command.BACK: phrase_in_book("key.back", "back"),
    Command.UNDO: phrase_in_book("key.undo", "undo"),
    Command.CANCEL: phrase_in_book("key.cancel", "begin anew"),
    Command.MENU: phrase_in_book("key.menu", "menu"),
    Command.INQUIRE: phrase_in_book("key.inquire", "look up"),
    Command.USE: phrase_in_book("key.use", "use it"),
    Command.STATUS: phrase_in_book("key.status", "status"),
    Command.MORE: phrase_in_book("key.more", "next page"),
    Command.WHOLE: phrase_in_book("key.whole", "whole text"),
    Command.ACKNOWLEDGE: phrase_in_book("key.ok", "go on"),
    Command.SIGN_OUT: phrase_in_book("key.sign_out", "sign out"),
    Command.LEAVE: phrase_in_book("key.leave", "leave"),
}
"""In the order in which a worker wants them."""
