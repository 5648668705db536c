"""Sentences of adjusting: taking out, bringing in, changing the status."""

from scanner_app.workflows.phrases.book import phrase_in_book

# Titles
ADJUST = phrase_in_book("title.adjust", "Adjust")
TAKE_OUT = phrase_in_book("title.take_out", "Take out")
BRING_IN = phrase_in_book("title.bring_in", "Bring in")
CHANGE_STATUS = phrase_in_book("title.change_status", "Hold/free")

# Questions
WHAT_IS_WRONG = phrase_in_book("ask.adjust", "What is wrong? Type its number.")
FROM_WHERE = phrase_in_book("ask.adjust_from", "Out of where? Scan the place.")
WHAT_GOES = phrase_in_book("ask.adjust_out", "What goes out? Scan the item.")
WHERE = phrase_in_book("ask.adjust_where", "Where is it? Scan the place.")
WHAT = phrase_in_book("ask.adjust_goods", "What is it? Scan the item.")
WHY = phrase_in_book("ask.adjust_why", "Why? Type its number.")
NEW_STATUS = phrase_in_book("ask.new_status", "What is it now? Type its number.")
WHICH_IN_HAND = phrase_in_book("ask.adjust_hand", "What of it? Scan it, or its number.")

# Answers to choose from
IN_MY_HAND = phrase_in_book("choice.in_my_hand", "It is in my hand")
COUNT_IT = phrase_in_book("choice.count_instead", "Count it instead")
SO_MANY_LEFT = phrase_in_book("choice.so_many_left", "So many are left: count")
NOTHING_WRONG = phrase_in_book("choice.nothing_wrong", "Nothing is wrong")

# What is known
NO_OTHER_STATUS = phrase_in_book("attention.no_other_status", "The site has no other status.")

# What was done
TAKEN_OUT = phrase_in_book("good.taken_out", "Out: {quantity} {item}.")
BROUGHT_IN = phrase_in_book("good.brought_in", "In: {quantity} {item}.")
CHANGED = phrase_in_book("good.status_changed", "{quantity} {item} is {status} now.")

# What is not done yet
WAITS = phrase_in_book("attention.adjust_waits", "Waits, not done: {quantity} {item}")
OVER_LIMIT = phrase_in_book("attention.adjust_limit", "Over your limit: a supervisor decides.")
LACKS_COST = phrase_in_book("attention.adjust_cost", "No cost known: a supervisor decides.")
BY_REASON = phrase_in_book("attention.adjust_reason", "For that reason a supervisor decides.")

# Help
HELP_ADJUST = phrase_in_book("help.adjust", "What becomes of it, by its number.")
HELP_WHY = phrase_in_book("help.adjust_why", "Its number; some want a few words.")
HELP_STATUS = phrase_in_book("help.new_status", "The status that the goods have now.")
