"""What is said at sign-in and at the lock."""

from scanner_app.workflows.phrases.phrase import phrase_in_book

LOCKED = phrase_in_book("title.lock", "Locked")
UNLOCK = phrase_in_book("ask.unlock", "Type your PIN to go on, {name}.")
HELP_UNLOCK = phrase_in_book("help.unlock", "Your PIN. Not you? Scan your badge.")
NOT_A_PIN = phrase_in_book("bad.not_a_pin", "Not a PIN. Type your six digits.")
NO_UNLOCK = phrase_in_book("bad.unlock", "Type your PIN, or scan your badge.")
WAIT = phrase_in_book("bad.wait", "Too many wrong PINs. Wait {wait}.")
BARRED = phrase_in_book("bad.barred", "Locked: too many wrong PINs. Connect.")
ELSEWHERE = phrase_in_book("attention.elsewhere", "You are signed in on {device} too.")
PUT_ASIDE = phrase_in_book("attention.set_aside_of", "Work of {name} was set aside.")
