"""What is said of the people of a site."""

from scanner_app.workflows.phrases.book import phrase_in_book

PEOPLE = phrase_in_book("title.people", "People")
WHICH = phrase_in_book("ask.whom", "Who? Type the number of the row.")
HELP_WHICH = phrase_in_book("help.whom", "Everybody at the site, by number.")
SET_PIN = phrase_in_book("option.set_pin", "Give a new PIN")
RETIRE = phrase_in_book("option.retire", "Take out of use")
PUT_DOWN = phrase_in_book("option.put_down", "Put down what is in hand")
SURE_RETIRE = phrase_in_book("ask.sure_retire", "Out of use? Type {digits}.")
RETIRED = phrase_in_book("good.retired", "{who} signs in no more.")
WHICH_GOODS = phrase_in_book("ask.hand_goods", "Which of it? Type the number.")
HELP_WHICH_GOODS = phrase_in_book("help.hand_goods", "All of a row goes to one place.")
WHERE = phrase_in_book("ask.hand_where", "Where do you put it? Scan the place.")
HELP_WHERE = phrase_in_book("help.hand_where", "The label of the place it is at now.")
PUT = phrase_in_book("good.hand_put", "{quantity} put at {place} for {who}.")

AT = phrase_in_book("person.at", "at {device}")
AWAY = phrase_in_book("person.away", "not signed in")
OUT_OF_USE = phrase_in_book("person.out", "out of use")

L_ROLES = phrase_in_book("label.roles", "Roles")
L_IN_HAND = phrase_in_book("label.in_hand", "In hand")
L_ASIDE = phrase_in_book("label.left_open", "Open work")
