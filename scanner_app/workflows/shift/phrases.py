"""What is said at sign-in, at the lock, and at leaving."""

from scanner_app.workflows.phrases.book import phrase_in_book

# Titles
SIGN_IN = phrase_in_book("title.sign_in", "Sign in")
LEAVE = phrase_in_book("title.leave", "Leave")
LOCKED = phrase_in_book("title.lock", "Locked")
PRACTICE = phrase_in_book("title.practice", "Practice")

# Questions
SCAN_BADGE = phrase_in_book("ask.badge", "Scan your badge.")
YOUR_PIN = phrase_in_book("ask.pin", "Type your PIN, {name}.")
TYPE_TO_LEAVE = phrase_in_book("ask.challenge", "Type {digits} to leave the program.")
PRACTISE = phrase_in_book("ask.practice", "Learn to scan. F3 or .b goes back.")
UNLOCK = phrase_in_book("ask.unlock", "Type your PIN to go on, {name}.")

# How to practise
PRACTICE_SAFE = phrase_in_book("info.practice_safe", "A warehouse of its own: break nothing.")
PRACTICE_HOW = phrase_in_book("info.practice_how", "Leave (F10 .q), then type:")

# Good news
SIGNED_IN = phrase_in_book("good.signed_in", "Welcome, {name}.")
SIGNED_OUT = phrase_in_book("good.signed_out", "Signed out.")
WELCOME_IN_HAND = phrase_in_book("good.welcome_in_hand", "Welcome. {count} in your hand: put them.")

# Good news, or nearly
OUT_IN_HAND = phrase_in_book("attention.signed_out_in_hand", "Signed out. {count} still in your hand.")
ELSEWHERE = phrase_in_book("attention.elsewhere", "You are signed in on {device} too.")
PUT_ASIDE = phrase_in_book("attention.set_aside_of", "Work of {name} was set aside.")

# Help
HELP_BADGE = phrase_in_book("help.badge", "The code on your badge, or type it.")
HELP_PIN = phrase_in_book("help.pin", "Your six digits, then Enter.")
HELP_CHALLENGE = phrase_in_book("help.challenge", "Type the digits, or .b to stay.")
HELP_PRACTICE = phrase_in_book("help.practice", "How to begin it. Nothing to scan.")
HELP_UNLOCK = phrase_in_book("help.unlock", "Your PIN. Not you? Scan your badge.")
