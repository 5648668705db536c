"""Every kind of question: a new one is a file in ``ask`` and a line here."""

from scanner_app.workflows.questions.ask.again import AskAgain
from scanner_app.workflows.questions.ask.badge import AskBadge
from scanner_app.workflows.questions.ask.centre import AskCentre
from scanner_app.workflows.questions.ask.challenge import AskChallenge
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.count import AskCount
from scanner_app.workflows.questions.ask.digits import AskDigits
from scanner_app.workflows.questions.ask.goods import AskGoods
from scanner_app.workflows.questions.ask.name import AskName
from scanner_app.workflows.questions.ask.new_pin import AskNewPin
from scanner_app.workflows.questions.ask.note import AskNote
from scanner_app.workflows.questions.ask.nothing import AskNothing
from scanner_app.workflows.questions.ask.order import AskOrder
from scanner_app.workflows.questions.ask.pick import AskPick
from scanner_app.workflows.questions.ask.piece import AskPiece
from scanner_app.workflows.questions.ask.pin import AskPin
from scanner_app.workflows.questions.ask.pin_again import AskPinAgain
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.ask.plate import AskPlate
from scanner_app.workflows.questions.ask.quantity import AskQuantity
from scanner_app.workflows.questions.ask.subject import AskSubject
from scanner_app.workflows.questions.ask.text import AskText
from scanner_app.workflows.questions.ask.unlock import AskUnlock
from scanner_app.workflows.questions.ask.word import AskWord
from scanner_app.workflows.questions.question import Question

KINDS: tuple[type[Question], ...] = (
    AskPlace,
    AskPiece,
    AskGoods,
    AskPlate,
    AskPick,
    AskDigits,
    AskAgain,
    AskSubject,
    AskNothing,
    AskText,
    AskQuantity,
    AskChoice,
    AskBadge,
    AskPin,
    AskUnlock,
    AskChallenge,
    AskCentre,
    AskOrder,
    AskName,
    AskWord,
    AskNewPin,
    AskPinAgain,
    AskNote,
    AskCount,
)
