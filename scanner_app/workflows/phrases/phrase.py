"""Every sentence an operator reads, in one place; each tells what to do next.

A sentence is looked up by its key when it is shown, so the log keeps keys and arguments and never a language. English
is the source text and the catalogue's message id. Two rows of 20 columns are the room a prompt or a message has.
"""

from msgspec import Struct


class Phrase(Struct, frozen=True):
    """A key for the log, a sentence for people; ``{name}`` marks what is filled in.

    Where a number rules the words, ``text`` is for one, ``many`` for any other, and ``counted`` names the number.
    """

    key: str
    text: str
    many: str = ""
    counted: str = "count"


_book: dict[str, Phrase] = {}


def phrase_in_book(key: str, text: str, many: str = "", counted: str = "count") -> Phrase:
    """Put a sentence into the book; those of one process stand in a file of their own beside its script."""
    _book[key] = Phrase(key, text, many, counted)
    return _book[key]


def phrase(key: str) -> Phrase:
    """Return the phrase of a key; an old log may name one that is gone, which then reads as its key."""
    return _book.get(key) or Phrase(key, key)


def all_phrases() -> tuple[Phrase, ...]:
    return tuple(_book.values())


# Titles of the processes, and of the entries of the menu
SIGN_IN = phrase_in_book("title.sign_in", "Sign in")
MENU = phrase_in_book("title.menu", "Menu")
MOVE = phrase_in_book("title.move", "Move")
INQUIRY = phrase_in_book("title.inquiry", "Look up")
LEAVE = phrase_in_book("title.leave", "Leave")

# Questions
SCAN_BADGE = phrase_in_book("ask.badge", "Scan your badge.")
YOUR_PIN = phrase_in_book("ask.pin", "Type your PIN, {name}.")
CHOOSE = phrase_in_book("ask.choose", "What do you want to do?")
FROM_WHERE = phrase_in_book("ask.source", "Take from where? Scan the place.")
WHAT = phrase_in_book("ask.goods", "Take what? Scan the item.")
WHICH_LOT = phrase_in_book("ask.lot", "Which lot? Scan or type it.")
WHICH_SERIAL = phrase_in_book("ask.serial", "Which serial? Scan or type it.")
WHOSE = phrase_in_book("ask.stock", "Which stock? Type its number.")
HOW_MANY = phrase_in_book("ask.quantity", "How many {unit}?")
TO_WHERE = phrase_in_book("ask.target", "Put where? Scan the place.")
TYPE_TO_LEAVE = phrase_in_book("ask.challenge", "Type {digits} to leave the program.")

# Labels of what is known so far
L_FROM = phrase_in_book("label.source", "From")
L_GOODS = phrase_in_book("label.goods", "Item")
L_LOT = phrase_in_book("label.lot", "Lot")
L_SERIAL = phrase_in_book("label.serial", "Serial")
L_STOCK = phrase_in_book("label.stock", "Stock")
L_QUANTITY = phrase_in_book("label.quantity", "Qty")
L_TARGET = phrase_in_book("label.target", "To")
L_HERE = phrase_in_book("label.on_hand", "Here")
L_BADGE = phrase_in_book("label.badge", "Name")
L_PLACE = phrase_in_book("label.place", "Place")
L_READ = phrase_in_book("label.read", "Read")
L_ASIDE = phrase_in_book("label.aside", "Unused")
L_STATE = phrase_in_book("label.state", "State")

# Good news
SIGNED_IN = phrase_in_book("good.signed_in", "Welcome, {name}.")
SIGNED_OUT = phrase_in_book("good.signed_out", "Signed out.")
MOVED = phrase_in_book("good.moved", "Moved {quantity} to {place}.")
TAKEN_BACK = phrase_in_book("good.taken_back", "Taken back: {what}.")
CANCELLED = phrase_in_book("good.cancelled", "Cancelled. Nothing was booked.")
GO_ON = phrase_in_book("good.go_on", "Go on.")
SET_ASIDE = phrase_in_book(
    "attention.set_aside", "{count} scan was not used. Go on here.", "{count} scans were not used. Go on here."
)

# Confirm by giving the same answer again
BLOCKED_AGAIN = phrase_in_book("again.blocked", "{place} blocked. Scan again to use.")
MORE_AGAIN = phrase_in_book("again.more", "Only {known} known here. Enter again.")
LOT_AGAIN = phrase_in_book("again.lot", "Lot not known here. Scan again.")
SERIAL_AGAIN = phrase_in_book("again.serial", "Serial not known here. Scan again.")
PUT_AGAIN = phrase_in_book("again.put", "Take from {place} now? Scan it again.")
TOO_SOON = phrase_in_book("again.too_soon", "Read twice? Scan again to confirm.")

# Mistakes, each with a sentence of its own
UNKNOWN_CODE = phrase_in_book("bad.unknown", "Unknown code. Scan another label.")
NOT_A_PLACE = phrase_in_book("bad.not_a_place", "That is an item. Scan a place.")
NOT_A_BADGE = phrase_in_book("bad.not_a_badge", "Not a badge. Scan your badge.")
NOT_HERE = phrase_in_book("bad.not_goods", "A badge. Scan goods or a place.")
AMBIGUOUS = phrase_in_book("bad.ambiguous", "Shared by {count}. Type the item number.")
CLOSED = phrase_in_book("bad.closed", "{place} closed. Use another place.")
SAME_PLACE = phrase_in_book("bad.same_place", "Same place. Scan where you put it.")
UNREADABLE = phrase_in_book("bad.unreadable", "Not readable. Scan another label.")
TOO_LONG = phrase_in_book("bad.too_long", "Too long to be a code. Scan again.")
NOT_A_NUMBER = phrase_in_book("bad.not_a_number", "Type a number, do not scan.")
NOT_POSITIVE = phrase_in_book("bad.not_positive", "Type a number above zero.")
TOO_MANY_DECIMALS = phrase_in_book("bad.decimals", "At most {decimals} decimals. Type again.")
TOO_LARGE = phrase_in_book("bad.too_large", "Too large. At most {digits} digits.")
NO_SUCH_CHOICE = phrase_in_book("bad.choice", "Type a number from the list.")
WRONG_PIN = phrase_in_book("bad.pin", "Wrong PIN. Type it again.")
WRONG_CHALLENGE = phrase_in_book("bad.challenge", "Not these digits. Type them, or .b")
NO_RIGHT = phrase_in_book("bad.no_right", "Not allowed for you. Ask a supervisor.")
NOTHING_TO_UNDO = phrase_in_book("bad.nothing_to_undo", "Nothing to take back here.")
SIGN_IN_FIRST = phrase_in_book("bad.sign_in_first", "Sign in first: scan your badge.")
NO_PEOPLE = phrase_in_book("bad.no_people", "No operators yet. Connect, then wait.")
BROKEN = phrase_in_book("bad.broken", "Not understood. Tell your supervisor.")
NEW_PROGRAM = phrase_in_book("attention.new_program", "Program changed. {count} not used.")
SCRIPT_ASIDE = phrase_in_book("bad.script_aside", "Not finished, set aside. Begin again.")
TOO_MANY_ENTRIES = phrase_in_book("bad.too_many", "Too many scans here. Begin again.")
ACKNOWLEDGE = phrase_in_book("hint.acknowledge", "F8 or .k to go on")

# Help, a sentence for each question
HELP_BADGE = phrase_in_book("help.badge", "The code on your badge, or type it.")
HELP_PIN = phrase_in_book("help.pin", "Your six digits, then Enter.")
HELP_CHOOSE = phrase_in_book("help.choose", "Type the number, then Enter.")
HELP_SOURCE = phrase_in_book("help.source", "The label of the bin or pallet.")
HELP_GOODS = phrase_in_book("help.goods", "Label on the goods, or another bin.")
HELP_LOT = phrase_in_book("help.lot", "The batch printed on the goods.")
HELP_SERIAL = phrase_in_book("help.serial", "The number of this one piece.")
HELP_STOCK = phrase_in_book("help.stock", "Whose goods: the number in the list.")
HELP_QUANTITY = phrase_in_book("help.quantity", "Type how many you took, then Enter.")
HELP_TARGET = phrase_in_book("help.target", "The label where the goods are now.")
HELP_CHALLENGE = phrase_in_book("help.challenge", "Type the digits, or .b to stay.")

HINT = phrase_in_book("hint.keys", "F1 help  F2 menu  F3 back  F4 undo")
HINT_SIGN_IN = phrase_in_book("hint.sign_in", "F1 help  F10 leave")
EMPTY_PLACE = phrase_in_book("info.empty", "Nothing is known to be here.")
NO_STOCK = phrase_in_book("info.no_stock", "None is known to be on the site.")
