"""Sentences of counting."""

from scanner_app.workflows.phrases.book import phrase_in_book

# Titles
COUNT = phrase_in_book("title.count", "Count")

# Questions
NEXT = phrase_in_book("ask.count_next", "Scan the next, or this place: done.")
HOW_MANY = phrase_in_book("ask.count_many", "How many {unit}? Scan one more, or type.")
UNKNOWN_MANY = phrase_in_book("ask.count_unknown", "Not known. How many of it?")
WORD = phrase_in_book("ask.count_word", "What is it? Type a word or two.")
WHICH_LOT = phrase_in_book("ask.count_lot", "Lot on the label? Scan or type it.")
WHICH_SERIAL = phrase_in_book("ask.count_serial", "Its serial? Scan or type it.")
CLOSE = phrase_in_book("ask.count_close", "{place} again: nothing else there.")
EMPTY = phrase_in_book("ask.count_empty", "Nothing there? Scan {place}.")
LEAVE = phrase_in_book("ask.count_leave", "Leave it open? Scan {other} again.")
OTHERS = phrase_in_book("ask.count_others", "{who} counts here since {at}. Again?")
GO_ON = phrase_in_book("ask.count_go_on", "Your count of {at}? Type a number.")
LINES = phrase_in_book("ask.count_lines", "Which one is wrong? Type its number.")
WHAT_NOW = phrase_in_book("ask.count_wrong", "What is wrong with it? Type a number.")
WHICH_WHOSE = phrase_in_book("ask.count_whose", "Whose, or which status? A number.")
REALLY = phrase_in_book("ask.count_really", "How many {unit} are there really?")

# Answers to choose from
ON = phrase_in_book("choice.count_on", "Go on with that count")
ANEW = phrase_in_book("choice.count_anew", "Begin a new count")
MANY_WRONG = phrase_in_book("choice.count_many_wrong", "How many there are")
TAKE_OUT = phrase_in_book("choice.count_take_out", "It is not here: take it out")
WHOSE_WRONG = phrase_in_book("choice.count_whose", "Whose it is, or its status")
NOTHING_SAID = phrase_in_book("choice.count_nothing_said", "As usual: nothing is said")
BACK_TO_COUNT = phrase_in_book("choice.count_back", "Nothing: count on")
OLDER = phrase_in_book("choice.count_older", "Older ones")

# What is known
SO_FAR = phrase_in_book("info.count_so_far", "{count} line: {sum}", "{count} lines: {sum}")
NO_LINES = phrase_in_book("info.count_no_lines", "No lines yet.")
PLATES = phrase_in_book("info.count_plates", "{count} plate", "{count} plates")
CODES = phrase_in_book("info.count_codes", "{count} code not known", "{count} codes not known")
IN_HAND = phrase_in_book("info.count_in_hand", "You hold {goods}")
KEPT = phrase_in_book("info.count_kept", "It is kept with your number.")
A_WORD = phrase_in_book("info.count_a_word", "A word on it: .w")
DOT_WHOSE = phrase_in_book("info.count_whose", "Owner, status: .d")
NOTHING_THERE = phrase_in_book("info.count_nothing", "Nothing there: .e")

# What was done
LINE = phrase_in_book("good.count_line", "{sum} {item} (line {line})")
LINE_SUM = phrase_in_book("good.count_line_sum", "{sum} {item}: {all} in all.")
TAKEN_OUT = phrase_in_book("good.count_taken_out", "Out: {what} (line {line})")
PLATE_NOTED = phrase_in_book("good.count_plate", "{plate} Again: count it.")
CLOSED = phrase_in_book("good.count_closed", "{place} is counted.")
OVER = phrase_in_book("attention.count_over", "2 hours passed: it begins anew.")
BOTH_KEPT = phrase_in_book("attention.count_both", "Both counts are kept.")
SERIAL_TWICE = phrase_in_book("attention.count_serial_twice", "{serial} is counted. Scan the next.")
REOPENED = phrase_in_book("good.count_reopened", "{place} is open again. Count on.")
USE_DOT_E = phrase_in_book("attention.count_use_e", "Nothing counted. Empty? Type .e")

# Keys
HINT = phrase_in_book("hint.count", "F4 undo  F7 lines  F2 menu  F1 help")

# Help
HELP_OTHERS = phrase_in_book("help.count_others", "The label of what you count.")
HELP_NEXT = phrase_in_book("help.count_next", "Each piece, or one and how many.")
HELP_MANY = phrase_in_book("help.count_many", "How many are there, 0 for none.")
HELP_WHOSE = phrase_in_book("help.count_whose", "0 takes it back. F3: count on.")
HELP_UNKNOWN = phrase_in_book("help.count_unknown", "How many; F3: it is not counted.")
HELP_WORD = phrase_in_book("help.count_word", "At most 20 letters, then Enter.")
HELP_CLOSE = phrase_in_book("help.count_close", "Its label closes it. F3: count on.")
HELP_LEAVE = phrase_in_book("help.count_leave", "The other label again. F3: stay.")
HELP_GO_ON = phrase_in_book("help.count_go_on", "A new count adds nothing to it.")
HELP_LINES = phrase_in_book("help.count_lines", "Your lines, newest first. F3: back.")
