"""Sentences about what is to be counted, and of a stocktake."""

from scanner_app.workflows.phrases.book import phrase_in_book

TASKS = phrase_in_book("title.tasks", "To count")
STOCKTAKE = phrase_in_book("title.stocktake", "Stocktake")

WHICH = phrase_in_book("ask.task", "{open} to count, {late} late. Number opens.")
NONE = phrase_in_book("ask.no_task", "Nothing to count. .r asks again.")
WHERE = phrase_in_book("ask.task_place", "Count what? Scan a place, or goods.")
HELP_WHICH = phrase_in_book("help.task", "The most urgent first. F3: back.")
HELP_WHAT = phrase_in_book("help.task_what", "Whoever has it is told. F3: the list.")
HELP_WHERE = phrase_in_book("help.task_place", "Goods: wherever the book has them.")

ASK = phrase_in_book("option.task_ask", "Have something counted")
RELEASE = phrase_in_book("option.task_release", "Give it to others")
END = phrase_in_book("option.task_end", "It need not be counted")

RELEASED = phrase_in_book("good.task_released", "{place}: others may have it.")
ENDED = phrase_in_book("good.task_ended", "{place} need not be counted.")
ASKED = phrase_in_book("good.task_asked", "{what} is to be counted.")

WITH = phrase_in_book("info.task_with", "{who} has it")
LATE = phrase_in_book("info.task_late", "overdue")
HELD = phrase_in_book("info.task_held", "Somebody has {count} of them.", "Somebody has {count} of them.")
GIVEN_UP = phrase_in_book("info.task_given_up", "Not counted:")
L_PLAN = phrase_in_book("label.task_plan", "Plan")
L_NOT_BY = phrase_in_book("label.task_not_by", "Not by")

FAR = phrase_in_book("ask.stocktake", "{what}: {left} of {places} left. 1 closes.")
CLOSED = phrase_in_book("ask.stocktake_closed", "{what}: closed. .r asks again.")
NO_STOCKTAKE = phrase_in_book("ask.no_stocktake", "No stocktake yet. .r asks again.")
HELP_FAR = phrase_in_book("help.stocktake", "By zone, who is where, what is left.")
CLOSE = phrase_in_book("option.stocktake_close", "Close it as it is now")
SURE = phrase_in_book("ask.stocktake_sure", "Close it so? Type {digits}.")
DONE = phrase_in_book("good.stocktake_closed", "{what} is closed.")

OF = phrase_in_book("info.stocktake_of", "{counted} of {places}")
TOLD = phrase_in_book("info.stocktake_told", "told to {at}")
NEVER = phrase_in_book("info.stocktake_never", "told nothing")
LEFT = phrase_in_book("info.stocktake_left", "Left: {count} place", "Left: {count} places")
QUIET = phrase_in_book("info.stocktake_quiet", "{count} device has not told all", "{count} devices have not told all")
L_BEGUN = phrase_in_book("label.stocktake_begun", "Begun")
L_ROW = phrase_in_book("label.stocktake_row", "Row")
