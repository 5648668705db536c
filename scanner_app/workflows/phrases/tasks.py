"""Why a task ended without being done, in words: said by whoever gives it up, and read by who looks after it."""

from scanner_app.workflows.phrases.book import Phrase, phrase_in_book

NO_WAY, NO_LABEL, NO_PLACE, NOT_NEEDED = "no_way", "no_label", "no_place", "not_needed"
REASONS: dict[str, Phrase] = {
    NO_WAY: phrase_in_book("choice.count_no_way", "Nobody gets there"),
    NO_LABEL: phrase_in_book("choice.count_no_label", "Its label is gone"),
    NO_PLACE: phrase_in_book("choice.count_no_place", "There is no such place"),
}
"""What a counter may say of a place, by the word that the event has for it."""
WHY: dict[str, Phrase] = {
    NO_WAY: phrase_in_book("task.no_way", "no way there"),
    NO_LABEL: phrase_in_book("task.no_label", "label gone"),
    NO_PLACE: phrase_in_book("task.no_place", "no such place"),
    NOT_NEEDED: phrase_in_book("task.not_needed", "not needed"),
}
"""The same in a row of a list, with what only a supervisor says."""
SINCE = phrase_in_book("info.count_since", "since {at}")
