"""What is said around the questions: when something is taken back, set aside, or not allowed."""

from scanner_app.workflows.phrases.book import phrase_in_book

# Good news
TAKEN_BACK = phrase_in_book("good.taken_back", "Taken back: {what}.")
ONE_BACK = phrase_in_book("good.one_back", "Back at this question.")
ANEW = phrase_in_book("good.anew", "From the beginning.")
CANCELLED = phrase_in_book("good.cancelled", "Cancelled. Nothing was booked.")
GO_ON = phrase_in_book("good.go_on", "Go on.")

# Good news, or nearly
SET_ASIDE = phrase_in_book(
    "attention.set_aside", "{count} scan was not used. Go on here.", "{count} scans were not used. Go on here."
)
NEW_PROGRAM = phrase_in_book("attention.new_program", "Program changed. {count} not used.")
NOTHING_HERE = phrase_in_book("attention.nothing_here", "Nothing to do here.")
NOT_BY_NETWORK = phrase_in_book("attention.not_by_network", "Not by network. Enter it here.")

# Mistakes
NOTHING_TO_UNDO = phrase_in_book("bad.nothing_to_undo", "Nothing to take back here.")
NOTHING_TO_USE = phrase_in_book("bad.nothing_to_use", "Nothing to use here. Look one up first.")
SIGN_IN_FIRST = phrase_in_book("bad.sign_in_first", "Sign in first: scan your badge.")
BROKEN = phrase_in_book("bad.broken", "Not understood. Tell your supervisor.")
SCRIPT_ASIDE = phrase_in_book("bad.script_aside", "Not finished, set aside. Begin again.")
TOO_MANY_ENTRIES = phrase_in_book("bad.too_many", "Too many scans here. Begin again.")
NO_RIGHT = phrase_in_book("bad.no_right", "Not allowed for you. Ask a supervisor.")
TOO_LONG = phrase_in_book("bad.too_long", "Too long to be a code. Scan again.")
TORN = phrase_in_book("bad.torn", "Came in between. Enter it once more.")
CUT = phrase_in_book("bad.cut", "{reader}: half a scan. Scan again.")
LOST = phrase_in_book("bad.lost", "{reader}: bytes lost. Scan again.")
UNENDED = phrase_in_book("bad.unended", "{reader} sends no end. Tell IT.")
UNFRAMED = phrase_in_book("bad.unframed", "{reader}: wrong start. Tell IT.")
LAYOUT = phrase_in_book("bad.layout", "Keyboard {host}, scanner {gun}. Tell IT.")
LAYOUT_AGAIN = phrase_in_book("again.layout", "Is {code} right? Then enter it again.")
NOT_TAKEN = phrase_in_book("bad.not_taken", "{reader}: not taken. Scan again.")
