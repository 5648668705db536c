"""What is said to an answer in a count."""

from scanner_app.workflows.phrases.book import phrase_in_book

SCAN_FIRST = phrase_in_book("bad.scan_first", "Scan goods first, then how many.")
MISREAD_AGAIN = phrase_in_book("again.misread", "Misread? Scan it again to keep it.")
ONLY_IT = phrase_in_book("bad.only_item", "Only {item} is counted here.")
OR_NUMBER = phrase_in_book("form.or_number", "Or how many, 0 for none, then Enter.")
