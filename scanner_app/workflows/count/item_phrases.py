"""Sentences of counting one item from place to place."""

from scanner_app.workflows.phrases.book import phrase_in_book

COUNT_ITEM = phrase_in_book("title.count_item", "One item")

WHERE = phrase_in_book("ask.count_item_where", "Where is it? Scan a place.")
ALL_DONE = phrase_in_book("ask.count_item_done", "All are counted. Another? Scan it.")
SCAN_IT = phrase_in_book("ask.count_item_first", "Scan what is here of it. None: .e")
SCAN_MORE = phrase_in_book("ask.count_item_more", "Scan more of it, or the next place.")
CLOSE = phrase_in_book("ask.count_item_close", "No more of it here? Scan {place}.")
EMPTY = phrase_in_book("ask.count_item_none", "None of it here? Scan {place}.")

HELP_WHERE = phrase_in_book("help.count_item_where", "Only this item is counted there.")
HELP_NEXT = phrase_in_book("help.count_item_next", "The next place closes this one.")

NEXT_PLACE = phrase_in_book("info.count_item_next", "Next: {place}")
STANDS_AT = phrase_in_book("info.count_item_at", "It stands at {place}.")
WALKED = phrase_in_book("info.count_item_walked", "{done} of {count} place", "{done} of {count} places")
DONE = phrase_in_book("info.count_item_places", "{count} place counted", "{count} places counted")
ALL_OF_IT = phrase_in_book("info.count_item_all", "All that is here: .t")

CLOSED = phrase_in_book("good.count_item_closed", "{place} is counted: {item}.")
LEFT = phrase_in_book("attention.count_item_left", "{place} is left: nothing counted.")
PUT_OFF = phrase_in_book("good.count_item_put_off", "{place} comes again at the end.")
