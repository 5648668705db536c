"""The sentences of asking the centre and of ordering something there."""

from scanner_app.workflows.phrases.book import phrase_in_book

NO_ANSWER = phrase_in_book("ask.no_answer", "The centre says no. 1 asks again.")
ASK_ANEW = phrase_in_book("option.ask_anew", "Ask the centre anew")
TO_THE_LIST = phrase_in_book("option.desk_list", "Back to the list of all")
WHAT_NOW = phrase_in_book("ask.desk_what", "What becomes of it? A number.")
TRY_AGAIN = phrase_in_book("option.try_again", "Ask once more")
YOUR_PIN = phrase_in_book("ask.own_pin", "Your own PIN, for the centre.")

HELP_ASKING = phrase_in_book("help.asking", "The centre is asked. F3 stops it.")
HELP_NO_ANSWER = phrase_in_book("help.no_answer", "Why not stands below. 1: ask again.")
HELP_DIGITS = phrase_in_book("help.digits", "Type the digits. F3: nothing is done.")
HELP_ORDER = phrase_in_book("help.order", "Your PIN goes to the centre, once.")

NEW_PIN = phrase_in_book("ask.new_pin", "A new PIN for {who}: six digits.")
PIN_AGAIN = phrase_in_book("ask.pin_again", "The same new PIN once more.")
SURE_PIN = phrase_in_book("ask.sure_pin", "Set this PIN? Type {digits}.")
PIN_SET = phrase_in_book("good.pin_set", "The PIN of {who} is changed.")
HELP_NEW_PIN = phrase_in_book("help.new_pin", "Six digits that nobody guesses.")
HELP_PIN_AGAIN = phrase_in_book("help.pin_again", "The same six digits. F3: others.")
