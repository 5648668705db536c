"""Every sentence an operator reads, in one place; each tells what to do next.

A sentence is looked up by its key when it is shown, so the log keeps keys and arguments and never a language. English
is the source text and the catalogue's message id. Two rows of 20 columns are the room a prompt or a message has.
"""

from msgspec import Struct


class Phrase(Struct, frozen=True):
    """A key for the log, a sentence for people; ``{name}`` marks what is filled in."""

    key: str
    text: str


_book: dict[str, Phrase] = {}


def _phrase(key: str, text: str) -> Phrase:
    _book[key] = Phrase(key, text)
    return _book[key]


def phrase(key: str) -> Phrase:
    """Return the phrase of a key; an old log may name one that is gone, which then reads as its key."""
    return _book.get(key) or Phrase(key, key)


def all_phrases() -> tuple[Phrase, ...]:
    return tuple(_book.values())


# Titles of the processes, and of the entries of the menu
SIGN_IN = _phrase("title.sign_in", "Sign in")
MENU = _phrase("title.menu", "Menu")
MOVE = _phrase("title.move", "Move")
INQUIRY = _phrase("title.inquiry", "Look up")
LEAVE = _phrase("title.leave", "Leave")

# Questions
SCAN_BADGE = _phrase("ask.badge", "Scan your badge.")
YOUR_PIN = _phrase("ask.pin", "Type your PIN, {name}.")
CHOOSE = _phrase("ask.choose", "What do you want to do?")
FROM_WHERE = _phrase("ask.source", "Take from where? Scan the place.")
WHAT = _phrase("ask.goods", "Take what? Scan the item.")
WHICH_LOT = _phrase("ask.lot", "Which lot? Scan or type it.")
WHICH_SERIAL = _phrase("ask.serial", "Which serial? Scan or type it.")
WHOSE = _phrase("ask.stock", "Which stock? Type its number.")
HOW_MANY = _phrase("ask.quantity", "How many {unit}?")
TO_WHERE = _phrase("ask.target", "Put where? Scan the place.")
LOOK_UP_WHAT = _phrase("ask.subject", "Scan a place or an item.")
TYPE_TO_LEAVE = _phrase("ask.challenge", "Type {digits} to leave the program.")

# Labels of what is known so far
L_FROM = _phrase("label.source", "From")
L_GOODS = _phrase("label.goods", "Item")
L_LOT = _phrase("label.lot", "Lot")
L_SERIAL = _phrase("label.serial", "Serial")
L_STOCK = _phrase("label.stock", "Stock")
L_QUANTITY = _phrase("label.quantity", "Qty")
L_TARGET = _phrase("label.target", "To")
L_HERE = _phrase("label.on_hand", "Here")
L_BADGE = _phrase("label.badge", "Name")
L_PLACE = _phrase("label.place", "Place")
L_READ = _phrase("label.read", "Read")
L_STATE = _phrase("label.state", "State")

# Good news
SIGNED_IN = _phrase("good.signed_in", "Welcome, {name}.")
SIGNED_OUT = _phrase("good.signed_out", "Signed out.")
MOVED = _phrase("good.moved", "Moved {quantity} to {place}.")
TAKEN_BACK = _phrase("good.taken_back", "Taken back: {what}.")
CANCELLED = _phrase("good.cancelled", "Cancelled. Nothing was booked.")
GO_ON = _phrase("good.go_on", "Go on.")
SET_ASIDE = _phrase("attention.set_aside", "{count} scans were not used. Go on here.")
ONE_SET_ASIDE = _phrase("attention.one_set_aside", "1 scan was not used. Go on here.")

# Confirm by giving the same answer again
BLOCKED_AGAIN = _phrase("again.blocked", "{place} is blocked. Scan again to use.")
MORE_AGAIN = _phrase("again.more", "Only {known} known here. Enter again.")
LOT_AGAIN = _phrase("again.lot", "Lot not known here. Scan again.")
SERIAL_AGAIN = _phrase("again.serial", "Serial not known here. Scan again.")
PUT_AGAIN = _phrase("again.put", "Take from {place} now? Scan it again.")
TOO_SOON = _phrase("again.too_soon", "Read twice? Scan again to confirm.")

# Mistakes, each with a sentence of its own
UNKNOWN_CODE = _phrase("bad.unknown", "Unknown code. Scan another label.")
NOT_A_PLACE = _phrase("bad.not_a_place", "That is an item. Scan a place.")
NOT_A_BADGE = _phrase("bad.not_a_badge", "Not a badge. Scan your badge.")
NOT_HERE = _phrase("bad.not_goods", "That is a badge. Scan goods or a place.")
AMBIGUOUS = _phrase("bad.ambiguous", "Shared by {count}. Type the item number.")
CLOSED = _phrase("bad.closed", "{place} is closed. Use another place.")
SAME_PLACE = _phrase("bad.same_place", "Same place. Scan where you put it.")
UNREADABLE = _phrase("bad.unreadable", "Not readable. Scan another label.")
TOO_LONG = _phrase("bad.too_long", "Too long to be a code. Scan again.")
NOT_A_NUMBER = _phrase("bad.not_a_number", "Type a number, do not scan.")
NOT_POSITIVE = _phrase("bad.not_positive", "Type a number above zero.")
TOO_MANY_DECIMALS = _phrase("bad.decimals", "At most {decimals} decimals. Type again.")
TOO_LARGE = _phrase("bad.too_large", "Too large. At most {digits} digits.")
NO_SUCH_CHOICE = _phrase("bad.choice", "Type a number from the list.")
WRONG_PIN = _phrase("bad.pin", "Wrong PIN. Type it again.")
WRONG_CHALLENGE = _phrase("bad.challenge", "Not these digits. Type them, or .b")
NO_RIGHT = _phrase("bad.no_right", "Not allowed for you. Ask a supervisor.")
NOTHING_TO_UNDO = _phrase("bad.nothing_to_undo", "Nothing to take back here.")
SIGN_IN_FIRST = _phrase("bad.sign_in_first", "Sign in first: scan your badge.")
NO_PEOPLE = _phrase("bad.no_people", "No operators yet. Connect, then wait.")
BROKEN = _phrase("bad.broken", "Not understood. Tell your supervisor.")
NEW_PROGRAM = _phrase("attention.new_program", "Program changed. {count} not used.")
SCRIPT_ASIDE = _phrase("bad.script_aside", "Put aside unfinished. Begin again.")
TOO_MANY_ENTRIES = _phrase("bad.too_many", "Too many scans here. Begin again.")
ACKNOWLEDGE = _phrase("hint.acknowledge", "F8 or .k to go on")

# Help, a sentence for each question
HELP_BADGE = _phrase("help.badge", "The code on your badge, or type it.")
HELP_PIN = _phrase("help.pin", "Your six digits, then Enter.")
HELP_CHOOSE = _phrase("help.choose", "Type the number, then Enter.")
HELP_SOURCE = _phrase("help.source", "The label of the bin or pallet.")
HELP_GOODS = _phrase("help.goods", "The label on the goods, or another bin.")
HELP_LOT = _phrase("help.lot", "The batch printed on the goods.")
HELP_SERIAL = _phrase("help.serial", "The number of this one piece.")
HELP_STOCK = _phrase("help.stock", "Whose goods: the number in the list.")
HELP_QUANTITY = _phrase("help.quantity", "Type how many you took, then Enter.")
HELP_TARGET = _phrase("help.target", "The label where the goods are now.")
HELP_SUBJECT = _phrase("help.subject", "Shows what is there. F3 or .b goes back.")
HELP_CHALLENGE = _phrase("help.challenge", "Type the digits, or .b to stay.")

HINT = _phrase("hint.keys", "F1 help  F2 menu  F3 back  F4 undo")
HINT_SIGN_IN = _phrase("hint.sign_in", "F1 help  F10 leave")
EMPTY_PLACE = _phrase("info.empty", "Nothing is known to be here.")
NO_STOCK = _phrase("info.no_stock", "None is known to be on the site.")
