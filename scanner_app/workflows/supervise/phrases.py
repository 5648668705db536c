"""What is said of what a supervisor does: titles, and what several of the processes say."""

from scanner_app.workflows.phrases.book import Phrase, phrase_in_book

SUPERVISE = phrase_in_book("title.supervise", "Supervise")
DEVICES = phrase_in_book("title.devices", "Devices")

WHAT_NOW = phrase_in_book("ask.desk_what", "What becomes of it? A number.")
WHY = phrase_in_book("ask.desk_why", "Why? Type a number.")
TO_THE_LIST = phrase_in_book("option.desk_list", "Back to the list of all")
SURE_PUT = phrase_in_book("ask.sure_put", "Out of that hand? Type {digits}.")
HELP_WHAT = phrase_in_book("help.desk_what", "Its number does it. F3: the list.")
HELP_WHY = phrase_in_book("help.desk_why", "It is kept with who, when and where.")

WHY_LOST: dict[str, Phrase] = {
    "lost": phrase_in_book("option.lost", "Lost or stolen"),
    "broken": phrase_in_book("option.broken", "Broken, or sent away"),
    "left": phrase_in_book("option.left", "Left the company"),
    "found": phrase_in_book("option.found", "Found again, or mended"),
    "other": phrase_in_book("option.other_why", "For another reason"),
}
"""Reasons of what is done to devices and people, by their words in the order."""
