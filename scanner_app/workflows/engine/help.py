"""What help says below the sentence of a question: how to answer it, and what the keys do."""

from scanner_app.workflows.engine.commands import Command
from scanner_app.workflows.phrases.book import Phrase, phrase_in_book
from scanner_app.workflows.questions import phrases as say
from scanner_app.workflows.questions.ask import (
    AskChoice,
    AskGoods,
    AskPick,
    AskPlace,
    AskPlate,
    AskQuantity,
    AskSubject,
    AskText,
    Question,
)

FORMS: dict[type[Question], tuple[Phrase, ...]] = {
    AskPlace: (say.CODE, say.CONFIRM),
    AskGoods: (say.CODE, say.ITEM, say.CONFIRM),
    AskSubject: (say.CODE, say.PARTS, say.KEYPAD),
    AskText: (say.CODE, say.CONFIRM),
    AskPlate: (say.CODE,),
    AskPick: (say.CODE, say.ITEM),
    AskQuantity: (say.DECIMALS, say.UNITS, say.CONFIRM),
    AskChoice: (),
}

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
    Command.ACKNOWLEDGE: phrase_in_book("key.ok", "go on"),
    Command.SIGN_OUT: phrase_in_book("key.sign_out", "sign out"),
    Command.LEAVE: phrase_in_book("key.leave", "leave"),
}
"""In the order in which a worker wants them."""
