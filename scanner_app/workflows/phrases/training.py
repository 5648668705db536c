"""The sentences of the training: what to do next, whether it was right, and how it went."""

from scanner_app.workflows.phrases.book import phrase_in_book

TRAINING = phrase_in_book("title.training", "TRAINING")
L_SCAN = phrase_in_book("label.scan", "Scan")
L_TYPE = phrase_in_book("label.type", "Type")
L_PRESS = phrase_in_book("label.press", "Press")

YOUR_BADGE = phrase_in_book("train.badge", "Signing in: first your badge.")
YOUR_PIN = phrase_in_book("train.pin", "Now the PIN. It is never shown.")
CHOOSE = phrase_in_book("train.choose", "Choose in the menu by its number.")
TAKE_FROM = phrase_in_book("train.take_from", "The label of the place you take from.")
TAKE_WHAT = phrase_in_book("train.take_what", "The label on the goods.")
HOW_MANY = phrase_in_book("train.how_many", "How many you took, then Enter.")
PUT_AT = phrase_in_book("train.put_at", "The label of the place you put it.")
TO_MENU = phrase_in_book("train.to_menu", "On to the next lesson: the menu.")
WRONG_LABEL = phrase_in_book("train.wrong_label", "Now a mistake: a label nobody knows.")
ACKNOWLEDGE = phrase_in_book("train.acknowledge", "All stops at it. Say that you saw it.")
TAKE_BACK = phrase_in_book("train.take_back", "Take the last answer back.")
LOOK_UP = phrase_in_book("train.look_up", "Look something up in between.")
USE_IT = phrase_in_book("train.use_it", "Use what you see as the answer.")
BEGIN_OF_NAME = phrase_in_book("train.begin_of_name", "No label? Then how the name begins.")
ONE_OF_LIST = phrase_in_book("train.one_of_list", "One of the list, by its number.")
COLLECT = phrase_in_book("train.collect", "Take something into your hand.")
SET_DOWN = phrase_in_book("train.set_down", "Put down what is in your hand.")

RIGHT = phrase_in_book("train.right", "Right. {done} of {count} done.")
NOT_THAT = phrase_in_book("train.not_that", "Not that one. Once more:")
GO_ON_FIRST = phrase_in_book("train.go_on_first", "It stopped. Say that you saw it:")
BEGIN_AGAIN = phrase_in_book("train.begin_again", "Not as told. This lesson once more:")
ALL_DONE = phrase_in_book("train.all_done", "Well done. {right} of {count} at once.")
ANYTHING_ENDS = phrase_in_book("train.anything_ends", "Nothing was booked. Scan to end.")
