"""Sentences of the processes that move stock: move, take, put, and those of plates."""

from scanner_app.workflows.phrases.phrase import phrase_in_book

# Titles
TAKE = phrase_in_book("title.take", "Take")
PUT = phrase_in_book("title.put", "Put")
PLATES = phrase_in_book("title.plates", "Plates")
BUILD = phrase_in_book("title.build", "Build")
UNLOAD = phrase_in_book("title.unload", "Break")
NEST = phrase_in_book("title.nest", "Nest")

# Questions
WHERE_IS_IT = phrase_in_book("ask.source_of_goods", "Take it from where? Scan the place.")
WHAT_OR_WHERE = phrase_in_book("ask.goods_or_target", "Scan goods, or the place for all of it.")
COUNTED = phrase_in_book("ask.counted", "{count} so far. Scan next or the place.")
MANY_OR_ALL = phrase_in_book("ask.quantity_or_all", "How many {unit}? Or the place for all.")
IS_EMPTY = phrase_in_book("ask.is_empty", "Is {place} empty now? Type 1 or 2.")
CHECK_DIGITS = phrase_in_book("ask.check_digits", "Check digits of {place}?")
ON_HOLD = phrase_in_book("ask.on_hold", "{status}! Scan the item again.")
ONTO_WHICH = phrase_in_book("ask.onto", "Onto which plate? Scan its label.")
PUT_WHAT = phrase_in_book("ask.pick", "Put what? Scan it, or type its number.")
HAND_EMPTY = phrase_in_book("ask.hand_empty", "Your hand is empty. Scan your tote.")
PLATE_EMPTY = phrase_in_book("ask.plate_empty", "Nothing known on it. Scan another.")
BUILD_WHICH = phrase_in_book("ask.build", "Build which plate? Scan its label.")
STANDS_WHERE = phrase_in_book("ask.stands", "Where does it stand? Scan the place.")
UNLOAD_WHICH = phrase_in_book("ask.unload", "Break which plate? Scan its label.")
UNLOAD_WHERE = phrase_in_book("ask.unload_target", "Place for all of it, or scan an item.")
UNLOAD_AGAIN = phrase_in_book("ask.unload_again", "All {count} here? Scan the place again.")
NEST_WHICH = phrase_in_book("ask.nest", "Nest which plate? Scan its label.")

# Answers to choose from
EMPTY = phrase_in_book("choice.empty", "{place} is empty now.")
NOT_EMPTY = phrase_in_book("choice.not_empty", "Something is left there.")
ON_A_PLATE = phrase_in_book("choice.on_a_plate", "Onto a tote or plate")

# Labels
L_COUNTED = phrase_in_book("label.counted", "Count")
L_PLATE = phrase_in_book("label.plate", "Plate")
L_ONTO = phrase_in_book("label.onto", "Onto")
L_EMPTY = phrase_in_book("label.empty", "Rest")

# Good news
TOOK = phrase_in_book("good.took", "Took {quantity}. It is in your hand.")
TOOK_ONTO = phrase_in_book("good.took_onto", "Took {quantity} onto the plate.")
PUT_DOWN = phrase_in_book("good.put", "Put {quantity} at {place}.")
PLATE_MOVED = phrase_in_book("good.plate_moved", "Whole plate moved to {place}.")
PLATE_BUILT = phrase_in_book("good.plate_built", "Plate at {place}. Take for it.")
UNLOADED = phrase_in_book("good.unloaded", "{count} line put at {place}.", "{count} lines put at {place}.")
NESTED = phrase_in_book("good.nested", "Nested on {plate}.")
WELCOME_IN_HAND = phrase_in_book("good.welcome_in_hand", "Welcome. {count} in your hand: put them.")
OUT_IN_HAND = phrase_in_book("attention.signed_out_in_hand", "Signed out. {count} still in your hand.")

# Confirm by giving the same answer again
WHOLE_AGAIN = phrase_in_book("again.whole_plate", "Put the whole plate? Scan it again.")
PLATES_ONLY = phrase_in_book("again.plates_only", "Plates only. Scan a plate, or again.")
MIXED_ITEMS = phrase_in_book("again.mixed_items", "Other items here. Scan again to mix.")
MIXED_LOTS = phrase_in_book("again.mixed_lots", "Other lots here. Scan again to mix.")
NUMBER_AGAIN = phrase_in_book("again.number", "{number} is a code too. Enter it again.")
NEW_PLATE = phrase_in_book("again.new_plate", "New plate? Scan it again to make it.")
PUT_ALREADY = phrase_in_book("again.put_already", "Put there already. Scan the next.")

# Mistakes
NOT_A_PLATE = phrase_in_book("bad.not_a_plate", "Not a plate. Scan the plate's label.")
STANDS_THERE = phrase_in_book("bad.stands_there", "It is there already. Scan a place.")
WRONG_DIGITS = phrase_in_book("bad.check_digits", "Not its digits. Look at the label.")
NOT_THE_SAME = phrase_in_book("bad.not_the_same", "Not the same. Scan it again, or F4.")
CARRIES_IT = phrase_in_book("bad.carries_it", "It carries that one. Scan another.")
STACKED_TOO_HIGH = phrase_in_book("bad.stacked", "Too many on top. Scan another plate.")
NOT_AT_HAND = phrase_in_book("bad.not_at_hand", "Not among these. Scan one of these.")
GOODS_FIRST = phrase_in_book("bad.goods_first", "Scan what you put first, not a place.")
NO_SUCH_UNIT = phrase_in_book("bad.unit", "No such unit. Use {units}.")

# Help
HELP_WHERE_IS_IT = phrase_in_book("help.source_of_goods", "The bin or pallet where you take it.")
HELP_PLATE = phrase_in_book("help.plate", "The number on the pallet or tote.")
HELP_NEW_PLATE = phrase_in_book("help.new_plate", "A fresh label, or a plate to fill.")
HELP_DIGITS = phrase_in_book("help.check_digits", "The digits on the label of the place.")
HELP_AGAIN = phrase_in_book("help.again", "The same label, or F4 to undo.")
HELP_PICK = phrase_in_book("help.pick", "What you put next, or your tote.")
HELP_COUNT = phrase_in_book("help.count", "Scan each piece, or type how many.")
HELP_ALL = phrase_in_book("help.quantity_or_all", "How many, or the place for all.")
HELP_EMPTY = phrase_in_book("help.is_empty", "1 if nothing is left there, 2 if not.")
HELP_UNLOAD = phrase_in_book("help.unload_target", "Where all goods, or some of them, go.")
HELP_STANDS = phrase_in_book("help.stands", "The label of the bin where it stands.")
