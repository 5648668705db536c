"""What help says below the sentence of a question: how to answer it, and what the keys do."""

from scanner_app.workflows.engine.commands import Command
from scanner_app.workflows.phrases.phrase import Phrase, phrase_in_book
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

CODE = phrase_in_book("form.code", "Scan it, or type it and press Enter.")
CONFIRM = phrase_in_book("form.confirm", "Asked again? The same once more: yes.")
DECIMALS = phrase_in_book("form.decimals", "Decimals as 2.5 or 2,5")
UNITS = phrase_in_book("form.units", "Another unit behind it: 2 CS")
ITEM = phrase_in_book("form.item", "The item number will do as well.")
PARTS = phrase_in_book("form.parts", "Or how words begin: blu box")
KEYPAD = phrase_in_book("form.keypad", "On number keys: 258.269")

FORMS: dict[type[Question], tuple[Phrase, ...]] = {
    AskPlace: (CODE, CONFIRM),
    AskGoods: (CODE, ITEM, CONFIRM),
    AskSubject: (CODE, PARTS, KEYPAD),
    AskText: (CODE, CONFIRM),
    AskPlate: (CODE,),
    AskPick: (CODE, ITEM),
    AskQuantity: (DECIMALS, UNITS, CONFIRM),
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

HINT_HELP = phrase_in_book("hint.help", "F7 more  F3 back")
