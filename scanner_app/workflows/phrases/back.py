"""What came back: what became of somebody's work after the fact, by the word of somebody else."""

from scanner_app.workflows.phrases.book import Phrase, phrase_in_book

_BOOKED = phrase_in_book("back.posted", "{place} {item}: booked. F8")
BECAME: dict[str, Phrase] = {
    "posted": _BOOKED,
    "posted_with_exceptions": _BOOKED,
    "void": phrase_in_book("back.void", "{place} {item}: not booked. F8"),
    "held": phrase_in_book("back.held", "{place} {item}: held again. F8"),
    "quarantined": phrase_in_book("back.quarantined", "{place} {item}: set apart. F8"),
}
"""By the outcome that it has now."""
BECAUSE: dict[str, Phrase] = {
    "not_taken": phrase_in_book("back.not_taken", "{place} {item}: count not taken. F8"),
    "amount_changed": phrase_in_book("back.amount_changed", "{place} {item}: changed since. F8"),
    "rejected": phrase_in_book("back.rejected", "{place} {item}: rejected. F8"),
    "nothing_left": phrase_in_book("back.nothing_left", "{place} {item}: no difference. F8"),
}
"""By the reason: what was counted was not taken, and there is nothing to do; late facts changed what was accepted."""
CHANGED = phrase_in_book("back.changed", "{place} {item}: see Today. F8")
CAME_FIRST = phrase_in_book("back.came_first", "{item}: {by} came first. F8")
NO_EFFECT = phrase_in_book("back.no_effect", "{item}: your word is void. F8")
MORE = phrase_in_book("back.more", "{count} more: see Today.")
