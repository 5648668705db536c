"""What is said of a label: what is wrong with it, or that it is one of something else; each says what to do."""

from scanner_app.workflows.phrases.book import phrase_in_book

MISREAD = phrase_in_book("bad.misread", "Misread: scan again.")
WRONG_DIGIT = phrase_in_book("bad.wrong_digit", "Wrong check digit. Scan or type again.")
BAD_DATE = phrase_in_book("bad.label_date", "Label has a wrong date. Scan another.")
MALFORMED = phrase_in_book("bad.malformed", "Not a right label. Scan another code.")
LABEL_TOO_LONG = phrase_in_book("bad.label_too_long", "Too much in it. Scan another code.")
TWICE = phrase_in_book("bad.twice", "Two labels in one. Scan only one.")
NO_SEPARATOR = phrase_in_book("bad.no_separator", "The gun sends no separator. Type it.")
WHOLE_AGAIN = phrase_in_book("again.no_separator", "No separator? Scan again if it is whole")
OTHER_ITEM = phrase_in_book("bad.other_item", "This is {this}, not {that}.")
UNKNOWN_ITEM = phrase_in_book("bad.unknown_item", "Unknown item on it. {wanted}")
NO_LOT = phrase_in_book("bad.no_lot", "No lot in this code. {wanted}")
NO_SERIAL = phrase_in_book("bad.no_serial", "No serial in it. {wanted}")
LOT_OF = phrase_in_book("bad.lot_of", "A lot of {item}. {wanted}")
SERIAL_OF = phrase_in_book("bad.serial_of", "Serial of {item}. {wanted}")
