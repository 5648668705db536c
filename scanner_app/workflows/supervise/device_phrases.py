"""What is said of the devices of a site."""

from scanner_app.workflows.phrases.book import phrase_in_book

WHICH = phrase_in_book("ask.device", "Which device? Type its number.")
HELP_WHICH = phrase_in_book("help.device", "Every device of the site, by its name.")
REVOKE = phrase_in_book("option.revoke", "Trust it no more")
ADMIT = phrase_in_book("option.admit", "Let it in again")
RENAME = phrase_in_book("option.rename", "Call it otherwise")
NEW_NAME = phrase_in_book("ask.new_name", "Its new name? Type it.")
HELP_NEW_NAME = phrase_in_book("help.new_name", "At most 20 letters. F3: as it is.")
SURE_REVOKE = phrase_in_book("ask.sure_revoke", "Trust it no more? Type {digits}.")
SURE_ADMIT = phrase_in_book("ask.sure_admit", "Let it in again? Type {digits}.")
SURE_RENAME = phrase_in_book("ask.sure_rename", "Rename it? Type {digits}.")
REVOKED = phrase_in_book("good.revoked", "{name} is trusted no more.")
ADMITTED = phrase_in_book("good.admitted", "{name} is let in again.")
RENAMED = phrase_in_book("good.renamed", "It is called {name} now.")

IS_REVOKED = phrase_in_book("device.revoked", "not trusted")
HEARD = phrase_in_book("device.heard", "heard {time}")
NEVER_HEARD = phrase_in_book("device.never", "never heard")

L_HEARD = phrase_in_book("label.heard", "Heard")
L_TOLD = phrase_in_book("label.told", "Told to")
L_WAITS = phrase_in_book("label.waits", "To send")
L_CLOCK = phrase_in_book("label.clock_off", "Clock")
L_VERSION = phrase_in_book("label.version", "Version")
L_PEOPLE = phrase_in_book("label.people", "Used by")
L_OPEN = phrase_in_book("label.open_cases", "Waits")
"""What of this device waits for a word, by its outcome."""
