"""Sentences about the device itself: what it remembers, and whether there is room for more."""

from scanner_app.workflows.phrases.book import phrase_in_book

MENDED = phrase_in_book("notice.mended", "Memory was damaged. {count} unsent saved.")
SCANS_SAVED = phrase_in_book("notice.scans_saved", "Scans saved: {count}.")
PARTLY = phrase_in_book("notice.partly", "Some of it was lost. Tell a supervisor.")
UNKNOWN_DEVICE = phrase_in_book("notice.unknown_device", "Device unknown now. Enrol it again.")
DAMAGED = phrase_in_book("notice.damaged", "Memory damaged. Leave and restart.")
CRAMPED = phrase_in_book("notice.cramped", "Disk full: make room now. Scans are kept.")
