"""Labels: what the facts on a screen are called. Nine columns are the room a label has."""

from scanner_app.workflows.phrases.book import phrase_in_book

FROM = phrase_in_book("label.source", "From")
GOODS = phrase_in_book("label.goods", "Item")
LOT = phrase_in_book("label.lot", "Lot")
SERIAL = phrase_in_book("label.serial", "Serial")
STOCK = phrase_in_book("label.stock", "Stock")
QUANTITY = phrase_in_book("label.quantity", "Qty")
TARGET = phrase_in_book("label.target", "To")
HERE = phrase_in_book("label.on_hand", "Here")
BADGE = phrase_in_book("label.badge", "Name")
SHORT = phrase_in_book("label.short", "Short")
PLACE = phrase_in_book("label.place", "Place")
READ = phrase_in_book("label.read", "Read")
ASIDE = phrase_in_book("label.aside", "Unused")
COUNTED = phrase_in_book("label.counted", "Count")
PLATE = phrase_in_book("label.plate", "Plate")
ONTO = phrase_in_book("label.onto", "Onto")
EMPTY = phrase_in_book("label.empty", "Rest")
NEVER = phrase_in_book("info.never", "never")
