"""Sentences of the parts: taking, saying what and how much, putting."""

from scanner_app.workflows.phrases.book import phrase_in_book

# Questions
CHOOSE = phrase_in_book("ask.choose", "What do you want to do?")
FROM_WHERE = phrase_in_book("ask.source", "Take from where? Scan the place.")
WHAT = phrase_in_book("ask.goods", "Take what? Scan the item.")
WHICH_LOT = phrase_in_book("ask.lot", "Which lot? Scan or type it.")
WHICH_SERIAL = phrase_in_book("ask.serial", "Which serial? Scan or type it.")
WHOSE = phrase_in_book("ask.stock", "Which stock? Type its number.")
WHICH_OWNER = phrase_in_book("ask.stock_owner", "Whose is it? Type a number.")
WHICH_STATUS = phrase_in_book("ask.stock_status", "Which status? Type a number.")
OTHER_KIND = phrase_in_book("choice.other_kind", "Another owner or status")
HOW_MANY = phrase_in_book("ask.quantity", "How many {unit}?")
TO_WHERE = phrase_in_book("ask.target", "Put where? Scan the place.")
WHERE_IS_IT = phrase_in_book("ask.source_of_goods", "Take it from where? Scan the place.")
WHAT_OR_WHERE = phrase_in_book("ask.goods_or_target", "Scan goods, or the place for all of it.")
COUNTED = phrase_in_book("ask.counted", "{count} so far. Scan next or the place.")
MANY_OR_ALL = phrase_in_book("ask.quantity_or_all", "How many {unit}? Or the place for all.")
NEXT_OR_PLACE = phrase_in_book("ask.piece", "Scan the next piece, or the place.")
NOTHING_LOOSE = phrase_in_book("ask.nothing_loose", "Nothing loose known. Scan the item.")
ALL_WHERE = phrase_in_book("ask.all_to", "All {count} line: to which place?", "All {count} lines: to which place?")
ALL_AGAIN = phrase_in_book("ask.all_again", "{count} line to {place}? Again.", "{count} lines to {place}? Again.")
OR_SAME = phrase_in_book("ask.goods_or_same", "Take what? The same label: one more.")
CHECK_DIGITS = phrase_in_book("ask.check_digits", "Check digits of {place}?")
ON_HOLD = phrase_in_book("ask.on_hold", "{status}! Scan the item again.")
IS_EMPTY = phrase_in_book("ask.is_empty", "Is {place} empty now? Type 1 or 2.")
USE_IT = phrase_in_book("ask.expiry", "Use it? Scan the item again.")
ONTO_WHICH = phrase_in_book("ask.onto", "Onto which plate? Scan its label.")
PLATE_EMPTY = phrase_in_book("ask.plate_empty", "Nothing known on it. Scan another.")
WHY = phrase_in_book("ask.reason", "More than usual. Why? A number.")
COUNT_IT = phrase_in_book("ask.count_it", "Count what is left? Scan {place}.")
NOT_NOW = phrase_in_book("choice.not_now", "No, go on")
HELP_COUNT_IT = phrase_in_book("help.count_it", "Its label begins a count; 1: not now.")
NOTE = phrase_in_book("ask.note", "Say it in a few words, then Enter.")

# What is known
OVER_LIMIT = phrase_in_book("info.over_limit", "Over your limit: a supervisor looks.")
MORE_LEFT = phrase_in_book("info.more_left", "More is here: it stays for the next.")
PLATE_STAYS = phrase_in_book("info.plate_stays", "{plate} stays here.")
MORE_ON_IT = phrase_in_book("info.more_on_plate", "More is on it than is listed here.")

# Answers to choose from
EMPTY = phrase_in_book("choice.empty", "{place} is empty now.")
NOT_EMPTY = phrase_in_book("choice.not_empty", "Something is left there.")
DAMAGED_OR_WRONG = phrase_in_book("choice.wrong", "Damaged or wrong")

ALL_HERE = phrase_in_book("choice.all_here", "All that is here")

# Good news
MOVED = phrase_in_book("good.moved", "Moved {quantity} to {place}.")
ALL_MOVED = phrase_in_book("good.all_moved", "{count} line moved to {place}.", "{count} lines moved to {place}.")
TOOK = phrase_in_book("good.took", "Took {quantity}. It is in your hand.")
TOOK_ONTO = phrase_in_book("good.took_onto", "Took {quantity} onto the plate.")

# Confirm by giving the same answer again
LOT_AGAIN = phrase_in_book("again.lot", "Lot not known here. Scan again.")
SERIAL_AGAIN = phrase_in_book("again.serial", "Serial not known here. Scan again.")

OTHER_DAY = phrase_in_book("again.other_day", "Label: {says}. Book: {booked}.")
EXPIRED = phrase_in_book("again.expired", "Label says {says}: past.")

# Help
HELP_CHOOSE = phrase_in_book("help.choose", "Type the number, then Enter.")
HELP_SOURCE = phrase_in_book("help.source", "The label of the bin or pallet.")
HELP_PICK = phrase_in_book("help.pick", "What you put next, or your tote.")
HELP_GOODS = phrase_in_book("help.goods", "Label on the goods, or another bin.")
HELP_LOT = phrase_in_book("help.lot", "The batch printed on the goods.")
HELP_SERIAL = phrase_in_book("help.serial", "The number of this one piece.")
HELP_STOCK = phrase_in_book("help.stock", "Whose goods: the number in the list.")
HELP_QUANTITY = phrase_in_book("help.quantity", "Type how many you took, then Enter.")
HELP_TARGET = phrase_in_book("help.target", "The label where the goods are now.")
HELP_PIECE = phrase_in_book("help.piece", "More serials, or the tote or place.")
HELP_ALL_WHERE = phrase_in_book("help.all_to", "The label of the place for all of it.")
HELP_WHERE_IS_IT = phrase_in_book("help.source_of_goods", "The bin or pallet where you take it.")
HELP_COUNT = phrase_in_book("help.count", "Scan each piece, or type how many.")
HELP_ALL = phrase_in_book("help.quantity_or_all", "How many, or the place for all.")
HELP_DIGITS = phrase_in_book("help.check_digits", "The digits on the label of the place.")
HELP_AGAIN = phrase_in_book("help.again", "The same label, or F4 to undo.")
HELP_EMPTY = phrase_in_book("help.is_empty", "1 if nothing is left there, 2 if not.")
HELP_REASON = phrase_in_book("help.reason", "The number of the reason in the list.")
HELP_NOTE = phrase_in_book("help.note", "A few words on why, for whoever looks.")
HELP_PLATE = phrase_in_book("help.plate", "The number on the pallet or tote.")
