"""What is said where a code was typed and not scanned, or means several things."""

from scanner_app.workflows.phrases.book import Phrase, phrase_in_book

WHY_TYPED = phrase_in_book("ask.typed", "Why typed? Type the number.")
HELP_WHY_TYPED = phrase_in_book("help.typed", "Typed, not scanned: say why. .b scans.")
SCAN_IT = phrase_in_book("bad.typed", "Do not type codes. Scan the label.")
REASONS: dict[str, Phrase] = {
    "label_damaged": phrase_in_book("option.label_damaged", "Label damaged"),
    "label_missing": phrase_in_book("option.label_missing", "Label missing"),
    "scanner_broken": phrase_in_book("option.scanner_broken", "Scanner broken"),
    "other": phrase_in_book("option.other_reason", "Another reason"),
}
TYPED = phrase_in_book("option.typed", "Typed by hand")
WHICH_ONE = phrase_in_book("ask.which", "Several have it. Type the number.")
HELP_WHICH = phrase_in_book("help.which", "It is the code of all these.")
