"""Sentences of being sent from place to place."""

from scanner_app.workflows.phrases.book import phrase_in_book

WHAT = phrase_in_book("ask.count_what", "Count what? A place, or an item.")
WHERE = phrase_in_book("ask.count_place", "Count where? Scan the place.")
GO_TO = phrase_in_book("ask.count_go", "Go to {place} and scan it.")
PERHAPS = phrase_in_book("ask.count_perhaps", "{place}: perhaps not free. Scan it.")
WHY_NOT = phrase_in_book("ask.count_why_not", "Why not {place}? Type a number.")

HELP_WHERE = phrase_in_book("help.count_place", "It, another or goods. F5: later.")
HELP_WHY_NOT = phrase_in_book("help.count_why_not", "A supervisor sees why. F3: back.")

CANNOT = phrase_in_book("choice.count_cannot", "It cannot be counted")
GO_BACK = phrase_in_book("choice.count_stay", "Nothing: go there")

ASKING = phrase_in_book("info.count_asking", "The next is asked for ...")
NOT_NOW = phrase_in_book("info.count_not_now", "Not now: F5")
THEN = phrase_in_book("info.count_then", "Then:")
MORE = phrase_in_book("info.count_more", "and {count} more", "and {count} more")
AGAIN_AT = phrase_in_book("info.count_again", "again {at}")

PUT_OFF = phrase_in_book("good.count_put_off", "{place} comes again in {count} min.")
ENDED = phrase_in_book("good.count_ended", "{place} is left out. It is noted.")
HAS_IT = phrase_in_book("ask.count_has_it", "{who} is to count it. Scan it again.")
NOT_SURE = phrase_in_book("ask.count_not_sure", "Perhaps not free. Scan it again.")
