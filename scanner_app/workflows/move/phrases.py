"""Sentences of moving stock: move, take, put."""

from scanner_app.workflows.phrases.book import phrase_in_book

# Titles
MOVE = phrase_in_book("title.move", "Move")
TAKE = phrase_in_book("title.take", "Take")
PUT = phrase_in_book("title.put", "Put")

# Questions
PUT_WHAT = phrase_in_book("ask.pick", "Put what? Scan it, or type its number.")
HAND_EMPTY = phrase_in_book("ask.hand_empty", "Your hand is empty. Scan your tote.")

# Answers to choose from
ON_A_PLATE = phrase_in_book("choice.on_a_plate", "Onto a tote or plate")

# Good news
PUT_DOWN = phrase_in_book("good.put", "Put {quantity} at {place}.")
PLATE_MOVED = phrase_in_book("good.plate_moved", "Whole plate moved to {place}.")

# Help
