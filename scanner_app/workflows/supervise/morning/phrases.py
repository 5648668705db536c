"""What is said of what waits by kind, and of words that may be taken back."""

from scanner_app.domain.desk.case import CaseKind
from scanner_app.domain.events.decided import Word
from scanner_app.workflows.phrases.book import Phrase, phrase_in_book
from scanner_app.workflows.supervise import case_phrases as cases

# What waits, by kind
WHAT_FIRST = phrase_in_book("ask.what_first", "{count} wait. ! first.")
HELP_FIRST = phrase_in_book("help.what_first", "! comes first, the rest can wait.")
EVERYTHING = phrase_in_book("option.all_kinds", "All")
BY_KIND = phrase_in_book("option.what_waits", "What waits, by kind")
LATE_TASKS = phrase_in_book("option.late_tasks", "{count} late to count")
KINDS: dict[str, Phrase] = {
    **cases.KINDS,
    CaseKind.QUARANTINED: phrase_in_book("overview.quarantined", "untrusted"),
    CaseKind.ADJUSTMENT: phrase_in_book("overview.adjustment", "adjusted"),
    CaseKind.MISSING_PLATE: phrase_in_book("overview.missing_plate", "plate gone"),
    CaseKind.UNKNOWN_CODE: phrase_in_book("overview.unknown_code", "code unknown"),
}
"""A kind in a word or two: its row is one row of the smallest screen."""
COMES_FIRST = phrase_in_book("overview.first", "comes first")
CAN_WAIT = phrase_in_book("overview.later", "can wait")
LATE = phrase_in_book("overview.late", "{count} for a day")
WORTH = phrase_in_book("overview.worth", "worth {value}")

# What was decided
DECIDED = phrase_in_book("title.decided", "Decided")
WHICH = phrase_in_book("ask.which_word", "Which word is taken back?")
NONE = phrase_in_book("ask.no_word", "No word within a day. .r asks again.")
HELP_WHICH = phrase_in_book("help.which_word", "Words of a day, the newest first.")
OF_ALL = phrase_in_book("option.words_of_all", "Those of everybody")
MINE = phrase_in_book("option.words_of_mine", "Only my own")
WHAT_ABOUT_IT = phrase_in_book("ask.take_back", "1\u00a0take\u00a0it\u00a0back 9\u00a0the\u00a0list")
HELP_TAKE_BACK = phrase_in_book("help.take_back", "Then it waits again, as before.")
TAKE_BACK = phrase_in_book("word.withdraw", "Take it back")
TO_LIST = phrase_in_book("option.words_list", "To what was decided")
WAITS_AGAIN = phrase_in_book("info.take_back", "Taken back it waits again.")
TAKEN_BACK = phrase_in_book("good.word_taken_back", "Taken back: it waits again.")
L_SAID = phrase_in_book("label.said_at", "Said")
SAID: dict[str, Phrase] = {
    Word.ACCEPT: phrase_in_book("said.accept", "was accepted"),
    Word.REJECT: phrase_in_book("said.reject", "was refused"),
    Word.SEEN: phrase_in_book("said.seen", "seen"),
    Word.VOID: phrase_in_book("said.void", "void"),
}
"""What was said, by the word for it."""
