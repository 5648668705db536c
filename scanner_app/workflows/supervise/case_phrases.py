"""What is said of what waits for a decision: the list, a case that is opened, many at once, filters."""

from scanner_app.domain.desk.case import CaseKind
from scanner_app.domain.events.decided import Word
from scanner_app.workflows.parts.centre import phrases as desk_phrases
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase, phrase_in_book
from scanner_app.workflows.supervise import claim_phrases as claims

DECIDE = phrase_in_book("title.decide", "Decide")
WHICH = phrase_in_book("ask.case", "{count}: {value}. Open one, 0: many.")
WHICH_SOME = phrase_in_book("ask.case_some", "{count} wait. Open one, 0: many.")
NOTHING = phrase_in_book("ask.no_case", "Nothing waits here. .r asks again.")
HELP_WHICH = phrase_in_book("help.case", "What waits, the largest value first.")
WORD = phrase_in_book("ask.word", "Your word on it? Type its number.")
ONLY_LOOK = phrase_in_book("ask.only_look", "Not decided here. 9: back to the list.")
HELP_WORD = phrase_in_book("help.word", "Then why, your PIN, and the digits.")
HELP_ONLY_LOOK = phrase_in_book("help.only_look", "Only to be looked at. F3: the list.")
REASON = phrase_in_book("ask.word_reason", "For what reason? Type its number.")
SURE = phrase_in_book("ask.sure_word", "Decide it? Type {digits}.")
PIN = phrase_in_book("ask.word_pin", "Your PIN, to decide it.")
HELP_PIN = phrase_in_book("help.word_pin", "Your six digits. F3: nothing decided.")
GONE = phrase_in_book("attention.case_gone", "That one waits no more.")

WORDS: dict[str, Phrase] = {
    Word.SEEN: phrase_in_book("word.seen", "Seen: may stay"),
    Word.RELEASE: phrase_in_book("word.release", "Release: book it"),
    Word.VOID: phrase_in_book("word.void", "Void: no effect"),
    Word.LET_IN: phrase_in_book("word.let_in", "Let in: book it"),
    **claims.WORDS,
}
"""What may be said, by the word for it."""
DONE: dict[str, Phrase] = {
    Word.SEEN: phrase_in_book("good.word_seen", "Seen: {count}. It goes out now."),
    Word.RELEASE: phrase_in_book("good.word_release", "To be released: {count}."),
    Word.VOID: phrase_in_book("good.word_void", "To be void: {count}."),
    Word.LET_IN: phrase_in_book("good.word_let_in", "To be let in: {count}."),
    **claims.DONE,
}
IDENTIFY = phrase_in_book("word.identify", "It is this item")
COUNT_IT = phrase_in_book("word.count_it", "Have it counted")
ASKED_FOR = phrase_in_book("good.count_asked", "{place} is to be counted.")
WHICH_CODE = phrase_in_book("ask.which_code", "Which code is it? Type its number.")
HELP_WHICH_CODE = phrase_in_book("help.which_code", "Nobody knows these. One at a time.")
AS_BEFORE = phrase_in_book("ask.as_before", "Met before. The same item?")
HELP_AS_BEFORE = phrase_in_book("help.as_before", "That code was met before. Look well.")
THE_SAME = phrase_in_book("option.as_before", "The same: {item}")
ANOTHER = phrase_in_book("option.another_item", "Another item")
NAMED = phrase_in_book("case.named", "was named {item}")
WHICH_ITEM = phrase_in_book("ask.which_item", "Which item is it? Scan or type it.")
HELP_WHICH_ITEM = phrase_in_book("help.which_item", "A case's label counts in cases.")
IDENTIFIED = phrase_in_book("good.identified", "Said: {code} is {item}.")
L_CODE = labels.CODE
KINDS: dict[str, Phrase] = {
    CaseKind.EXCEPTION: phrase_in_book("case.exception", "look at it"),
    CaseKind.HELD: phrase_in_book("case.held", "not booked"),
    CaseKind.QUARANTINED: phrase_in_book("case.quarantined", "not trusted yet"),
    CaseKind.NEGATIVE: phrase_in_book("case.negative", "below zero"),
    CaseKind.SERIAL_TWICE: phrase_in_book("case.serial_twice", "serial twice"),
    CaseKind.CLAIM: phrase_in_book("case.claim", "counted"),
    CaseKind.MISSING_PLATE: phrase_in_book("case.missing_plate", "plate missing"),
    CaseKind.UNKNOWN_CODE: phrase_in_book("case.unknown_code", "code not known"),
    CaseKind.ADJUSTMENT: phrase_in_book("case.adjustment", "adjustment waits"),
    CaseKind.NAMED_CODE: phrase_in_book("case.named_code", "code was named"),
}
"""What a case is, by its kind."""
OTHER_KIND = phrase_in_book("case.other", "{kind}")
HINTS: dict[str, Phrase] = {
    CaseKind.NEGATIVE: phrase_in_book("info.negative_case", "A scan is late or lost. Count there."),
    CaseKind.SERIAL_TWICE: phrase_in_book("info.serial_case", "Look where it is, and move it there."),
}
"""What to do about a key: nobody decides it, it goes by itself when the book is right."""
MANY = phrase_in_book("option.many", "Many at once")
FILTER = phrase_in_book("option.filter", "Only some of them")
LOOK_AGAIN = desk_phrases.ASK_ANEW
BACK = phrase_in_book("option.case_list", "To what waits")
MANY_WORD = phrase_in_book("ask.many_word", "Which word on many? Type its number.")
HELP_MANY_WORD = phrase_in_book("help.many_word", "It is said on all that it may be.")
HOW_MANY = phrase_in_book("ask.how_many_cases", "On which of them? Type its number.")
HELP_HOW_MANY = phrase_in_book("help.how_many_cases", "At most 1,000, the largest first.")
UNDER = phrase_in_book("option.under", "Worth less than {value} each")
ALL_OF_THEM = phrase_in_book("option.all_cases", "All that are shown")
NONE_OF_THEM = phrase_in_book("attention.no_cases", "There is none of these.")
MANY_PIN = phrase_in_book("ask.many_pin", "Your PIN, for {count} at once.")

L_WHO = phrase_in_book("label.who", "Who")
L_DONE = phrase_in_book("label.done", "Done")
L_CAME = phrase_in_book("label.came", "Came")
L_BROKE = phrase_in_book("label.broke", "What")
L_BEFORE = phrase_in_book("label.said_before", "Word")
L_MANY = phrase_in_book("label.cases", "Cases")
L_UP = phrase_in_book("label.up", "Up")
L_DOWN = phrase_in_book("label.down", "Down")
L_LARGEST = phrase_in_book("label.largest", "Largest")
L_LEFT_OUT = phrase_in_book("label.left_out", "Left out")
L_OTHERS = phrase_in_book("label.others", "Others")
L_ON = phrase_in_book("label.device_of", "On")
SUBJECT_ROW = phrase_in_book("info.this_one", "this one")
LEAVES: dict[str, Phrase] = {
    "kind": phrase_in_book("label.event_kind", "Kind"),
    "from": labels.FROM,
    "to": labels.TARGET,
    "lot": labels.LOT,
    "serial": labels.SERIAL,
    "owner": labels.OWNER,
    "status": labels.STATUS,
}
"""What a case says of itself, by the word for it."""

BY_WHAT = phrase_in_book("ask.filter", "By what? Type its number.")
HELP_BY_WHAT = phrase_in_book("help.filter", "The list shows what passes all.")
BY_KIND = phrase_in_book("option.by_kind", "What it is")
BY_ZONE = phrase_in_book("option.by_zone", "The zone")
BY_PERSON = phrase_in_book("option.by_person", "Who did it")
BY_AGE = phrase_in_book("option.by_age", "How long it waits")
NO_FILTER = phrase_in_book("option.no_filter", "Show all of them")
WHICH_KIND = phrase_in_book("ask.filter_kind", "Which kind? Type its number.")
WHICH_ZONE = phrase_in_book("ask.filter_zone", "Which zone? Type it.")
WHICH_PERSON = phrase_in_book("ask.filter_person", "Who? Type the person's number.")
WHICH_AGE = phrase_in_book("ask.filter_age", "Waiting for how long? A number.")
HELP_FILTER = phrase_in_book("help.filter_by", "Only these are shown. F3: all.")
AGES: dict[str, Phrase] = {
    "1": phrase_in_book("option.an_hour", "An hour or more"),
    "24": phrase_in_book("option.a_day", "A day or more"),
    "168": phrase_in_book("option.a_week", "A week or more"),
}
"""By hours."""
L_KIND = phrase_in_book("label.filter_kind", "Only")
L_ZONE = phrase_in_book("label.filter_zone", "Zone")
L_PERSON = phrase_in_book("label.filter_who", "Of")
L_AGE = phrase_in_book("label.filter_age", "Hours")
