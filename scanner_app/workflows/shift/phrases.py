"""What is said at sign-in, at the lock, and at leaving."""

from scanner_app.workflows.phrases.book import phrase_in_book

# Titles
SIGN_IN = phrase_in_book("title.sign_in", "Sign in")
LEAVE = phrase_in_book("title.leave", "Leave")
UNFINISHED_TITLE = phrase_in_book("title.unfinished", "Open")
LOCKED = phrase_in_book("title.lock", "Locked")
MY_PIN = phrase_in_book("title.my_pin", "My PIN")
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
UNFINISHED = phrase_in_book("ask.unfinished", "Not booked. Go on with it?")
HELP_UNFINISHED = phrase_in_book("help.unfinished", "1 asks for it anew, 2 lets it go.")
GO_ON_WITH_IT = phrase_in_book("option.go_on", "Go on with it")
LET_IT_GO = phrase_in_book("option.let_go", "Let it go")

# Good news
SIGNED_IN = phrase_in_book("good.signed_in", "Welcome, {name}.")
SIGNED_OUT = phrase_in_book("good.signed_out", "Signed out.")
LET_GO = phrase_in_book("good.let_go", "Let go.")

# Good news, or nearly
IN_HAND = phrase_in_book("attention.in_hand", "In your hand: {stock}")
IN_HAND_MORE = phrase_in_book("attention.in_hand_more", "In your hand: {stock}, {count} more")
NOT_BOOKED = phrase_in_book("attention.not_booked", "Not booked: {goods}")
ELSEWHERE = phrase_in_book("attention.elsewhere", "You are signed in on {device} too.")
PUT_ASIDE = phrase_in_book("attention.set_aside_of", "Work of {name} was set aside.")

# Help
HELP_BADGE = phrase_in_book("help.badge", "The code on your badge, or type it.")
HELP_PIN = phrase_in_book("help.pin", "Your six digits, then Enter.")
HELP_CHALLENGE = phrase_in_book("help.challenge", "Type the digits, or .b to stay.")
HELP_PRACTICE = phrase_in_book("help.practice", "How to begin it. Nothing to scan.")
HELP_UNLOCK = phrase_in_book("help.unlock", "Your PIN. Not you? Scan your badge.")
