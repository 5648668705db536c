"""What is said of what a supervisor does: titles, and what several of the processes say."""

from scanner_app.workflows.parts.centre import phrases as desk_phrases
from scanner_app.workflows.phrases.book import Phrase, phrase_in_book

SUPERVISE = phrase_in_book("title.supervise", "Supervise")
DEVICES = phrase_in_book("title.devices", "Devices")

WHAT_NOW = desk_phrases.WHAT_NOW
WHY = phrase_in_book("ask.desk_why", "Why? Type a number.")
TO_THE_LIST = desk_phrases.TO_THE_LIST
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
