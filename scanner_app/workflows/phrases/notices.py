"""Sentences about the device itself: what it remembers, whether there is room for more, which screen has it."""

from scanner_app.workflows.phrases.book import phrase_in_book

MENDED = phrase_in_book("notice.mended", "Memory was damaged. {count} unsent saved.")
SCANS_SAVED = phrase_in_book("notice.scans_saved", "Scans saved: {count}.")
PARTLY = phrase_in_book("notice.partly", "Some of it was lost. Tell a supervisor.")
UNKNOWN_DEVICE = phrase_in_book("notice.unknown_device", "Device unknown now. Enrol it again.")
DAMAGED = phrase_in_book("notice.damaged", "Memory damaged. Leave and restart.")
COPIED = phrase_in_book("notice.copied", "Old copy of memory. Tell a supervisor.")
CRAMPED = phrase_in_book("notice.cramped", "Disk full: make room now. Scans are kept.")

TAKEN_OVER = phrase_in_book("notice.taken_over", "Old screen is closed. Go on here.")
TAKING_OVER = phrase_in_book("notice.taking_over", "Open elsewhere. Closing it there.")
ELSEWHERE = phrase_in_book("notice.elsewhere", "Goes on elsewhere. Closed here.")
OTHER_WORK = phrase_in_book("notice.other_work", "Device is busy. Start again soon.")
OTHER_USER = phrase_in_book("notice.other_user", "Another user has it. Ask a supervisor.")
OTHER_SCREEN = phrase_in_book("notice.other_screen", "Opened elsewhere. Go on there.")
DEAF = phrase_in_book("notice.deaf", "Old screen hangs. Call support.")
