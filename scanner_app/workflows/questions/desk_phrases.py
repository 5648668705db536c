"""What is said while the centre is asked, and where it says no."""

from scanner_app.domain.desk.replies import Why
from scanner_app.workflows.phrases.book import Phrase, phrase_in_book

ASKING = phrase_in_book("ask.centre", "Asking the centre. F3: back")
ON_ITS_WAY = phrase_in_book("attention.asking", "Asking the centre ...")
ASK_AGAIN = phrase_in_book("attention.ask_again", "Did it arrive? Type it once more.")
CAME_LATE = phrase_in_book("attention.came_late", "What you left was done all the same.")
DONE_MEANWHILE = phrase_in_book("attention.done_meanwhile", "It was done meanwhile. F3: back")
ANSWERED = phrase_in_book("info.answered", "The centre has answered.")
WANT_REPLY = phrase_in_book("want.reply", "Wait, or F3")

REFUSALS: dict[str, Phrase] = {
    Why.UNKNOWN_OPERATOR: phrase_in_book("desk.unknown_operator", "The centre does not know you. Tell IT."),
    Why.NO_RIGHT: phrase_in_book("desk.no_right", "You may decide no more. Ask another."),
    Why.WRONG_PIN: phrase_in_book("desk.wrong_pin", "Wrong PIN, says the centre. Again."),
    Why.TOO_MANY_PINS: phrase_in_book("desk.too_many_pins", "Too many wrong PINs. Wait a while."),
    Why.NOT_SAFE: phrase_in_book("desk.not_safe", "No PIN without https. Tell IT."),
    Why.DEVICE_REVOKED: phrase_in_book("desk.device_revoked", "This scanner is not trusted. Tell IT."),
    Why.OWN: phrase_in_book("desk.own", "It is your own. Another must decide."),
    Why.UNKNOWN_SUBJECT: phrase_in_book("desk.unknown_subject", "The centre does not know it. Look again."),
    Why.ALREADY: phrase_in_book("desk.already", "It is so already, by {by}."),
    Why.MORE_LEFT: phrase_in_book("desk.more_left", "More is left by now. Look again."),
    Why.NAME_TAKEN: phrase_in_book("desk.name_taken", "Another has that name. Choose again."),
    Why.NOT_UNDERSTOOD: phrase_in_book("desk.not_understood", "Not understood. Is the centre newer?"),
    Why.UNREACHABLE: phrase_in_book("desk.unreachable", "The centre does not answer. Try again."),
    Why.OUTDATED: phrase_in_book("desk.outdated", "This program is too old. Tell IT."),
    Why.TOO_OLD: phrase_in_book("desk.too_old", "The centre is too old for it. Tell IT."),
    Why.PRACTICE: phrase_in_book("desk.practice", "Practice has no centre to ask."),
}
"""Why the desk says no, by its word for it."""
OTHER_REFUSAL = phrase_in_book("desk.other", "The centre refuses it ({why}).")
