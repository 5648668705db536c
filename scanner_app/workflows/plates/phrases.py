"""Sentences of what is done with license plates."""

from scanner_app.workflows.phrases.book import phrase_in_book

# Titles
PLATES = phrase_in_book("title.plates", "Plates")
BUILD = phrase_in_book("title.build", "Build")
UNLOAD = phrase_in_book("title.unload", "Break")
NEST = phrase_in_book("title.nest", "Nest")

# Questions
BUILD_WHICH = phrase_in_book("ask.build", "Build which plate? Scan its label.")
STANDS_WHERE = phrase_in_book("ask.stands", "Where does it stand? Scan the place.")
UNLOAD_WHICH = phrase_in_book("ask.unload", "Break which plate? Scan its label.")
UNLOAD_WHERE = phrase_in_book("ask.unload_target", "Place for all of it, or scan an item.")
UNLOAD_AGAIN = phrase_in_book("ask.unload_again", "All {count} here? Scan the place again.")
NEST_WHICH = phrase_in_book("ask.nest", "Nest which plate? Scan its label.")

# Good news
PLATE_BUILT = phrase_in_book("good.plate_built", "Plate at {place}. Take for it.")
UNLOADED = phrase_in_book("good.unloaded", "{count} line put at {place}.", "{count} lines put at {place}.")
NESTED = phrase_in_book("good.nested", "Nested on {plate}.")

# Help
HELP_NEW_PLATE = phrase_in_book("help.new_plate", "A fresh label, or a plate to fill.")
HELP_STANDS = phrase_in_book("help.stands", "The label of the bin where it stands.")
HELP_UNLOAD = phrase_in_book("help.unload_target", "Where all goods, or some of them, go.")
