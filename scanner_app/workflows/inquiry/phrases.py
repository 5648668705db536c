"""The sentences of looking up."""

from scanner_app.domain.catalog import Tracking
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import phrase_in_book

INQUIRY = phrase_in_book("title.inquiry", "Look up")
SCAN_OR_TYPE = phrase_in_book("ask.subject", "Scan it, or type part of a name.")
NEXT_OR_USE = phrase_in_book("ask.subject_or_use", "Scan the next, or .a uses this one.")
WHICH_ONE = phrase_in_book("ask.which_one", "Which one? Type its number.")
HELP_SUBJECT = phrase_in_book("help.subject", "A code, or letters or keys of a name.")

NOTHING_FOUND = phrase_in_book("info.nothing_found", "Nothing found. Type less of the name.")
OWN_STOCK = phrase_in_book("info.own_stock", "Own stock. Look up a place or an item.")
EMPTY_PLACE = phrase_in_book("info.empty", "Nothing is known to be here.")
NO_STOCK = phrase_in_book("info.no_stock", "None is known to be on the site.")
MORE_THERE = phrase_in_book("info.more", "There is more than is listed here.")

L_AS_OF = labels.AS_OF
L_NOT_SENT = phrase_in_book("label.not_sent", "Not sent")
L_TOTAL = phrase_in_book("label.total", "Total")
L_UNITS = phrase_in_book("label.units", "Units")
L_TRACKED = phrase_in_book("label.tracked", "Tracked")
TRACKED = {
    Tracking.LOT: phrase_in_book("tracked.lot", "by lot"),
    Tracking.SERIAL: phrase_in_book("tracked.serial", "by serial"),
    Tracking.LOT_SERIAL: phrase_in_book("tracked.lot_serial", "by lot and serial"),
}
L_SEARCH = phrase_in_book("label.search", "Search")
L_ON_PLATE = phrase_in_book("label.on_plate", "On plate")
IN_YOUR_HAND = phrase_in_book("info.in_your_hand", "In your hand:")
IN_HAND_OF = phrase_in_book("info.in_hand_of", "In hand of {who}:")
WAITS = phrase_in_book("info.waits", "waits, not done")
PLATE_HERE = phrase_in_book("info.plate_here", "Plate {plate}")
