"""What is said of counts and adjustments that wait for a decision, of plates no count saw, of codes nobody knows."""

from scanner_app.domain.desk import marks
from scanner_app.domain.desk.opened_claim import ClaimState, Side
from scanner_app.domain.events.decided import Word
from scanner_app.workflows.phrases.book import Phrase, phrase_in_book

ACCEPT = phrase_in_book("word.accept", "Accept: so it is")
RECOUNT = phrase_in_book("word.recount", "Count it again")
REJECT = phrase_in_book("word.reject", "Reject: not so")
MOVED = phrase_in_book("word.moved", "It was moved")
CHANGED = phrase_in_book("word.changed", "It was changed")
OTHER_ITEM = phrase_in_book("word.other_item", "It is another item")
MISLABELLED = phrase_in_book("word.mislabelled", "Its label was wrong")
NOT_NOW = phrase_in_book("word.not_now", "Not now")
LOOK_AGAIN = phrase_in_book("word.look_again", "Look there again")
LOST = phrase_in_book("word.lost", "Lost, with all on it")
NO_STOCK = phrase_in_book("word.no_stock", "It is no stock")
LOOKED_FOR = phrase_in_book("good.word_look_again", "To be looked for again.")
IS_LOST = phrase_in_book("good.plate_lost", "Lost. Somebody else decides its goods.")
WERE_MOVED = phrase_in_book("good.were_moved", "Accepted, both: it was moved.")
WERE_CHANGED = phrase_in_book("good.were_changed", "Accepted, both: it was changed.")
WERE_MISLABELLED = phrase_in_book("good.were_mislabelled", "Accepted, both: a wrong label.")
WHICH_OPPOSITE = phrase_in_book("ask.which_opposite", "Moved where? Type its number.")
HELP_OPPOSITE = phrase_in_book("help.which_opposite", "One word accepts both counts.")
CLAIM_WORD = phrase_in_book("ask.claim_word", "Is it so? Type the number.")
CLAIM_WORDS = phrase_in_book("ask.claim_words", "1\u00a0accept 2\u00a0recount 3\u00a0reject 4\u00a0later")
PLATE_WORD = phrase_in_book("ask.plate_word", "What about it? Type the number.")
HELP_RECOUNT = phrase_in_book("help.claim_word", "Counting again wants no PIN.")

MARKS: dict[str, Phrase] = {
    marks.YOURS: phrase_in_book("case.yours", "yours"),
    marks.TWICE: phrase_in_book("mark.twice", "told twice"),
    marks.DOUBT: phrase_in_book("mark.doubt", "? order not known"),
    marks.UNSAID: phrase_in_book("mark.unsaid", "owner or status?"),
    marks.CHANGED: phrase_in_book("mark.changed", "changed since"),
    marks.BEING_COUNTED: phrase_in_book("mark.being_counted", "being counted"),
    marks.RECOUNT: phrase_in_book("mark.recount", "recount open"),
    marks.RECOUNTED: phrase_in_book("mark.recounted", "counted again"),
    marks.PAIR: phrase_in_book("mark.pair", "= moved?"),
    marks.PLATES_MISSING: phrase_in_book("mark.plates_missing", "plates missing"),
    marks.QUIET: phrase_in_book("mark.quiet", "devices not heard"),
    marks.CLOCK: phrase_in_book("mark.clock", "clock not sure"),
    marks.SECOND: phrase_in_book("mark.second", "second missing"),
}
"""What a mark says of a row, the one first that matters most."""

WAS_COUNTED = phrase_in_book("claim.was_counted", "counted {quantity}")
BOOK_HAD = phrase_in_book("claim.book_had", "book {quantity}")
PAIR_AT = phrase_in_book("claim.pair_at", "{quantity} at {place}")
UP_AND_DOWN = phrase_in_book("info.up_and_down", "Up {up}, down {down}.")
WAS_BY = phrase_in_book("claim.was_by", "by {who}")
FEWER = phrase_in_book("claim.fewer", "{quantity} fewer than the book")
MORE = phrase_in_book("claim.more", "{quantity} more than the book")
SAME = phrase_in_book("claim.same", "as the book has it")
L_COUNTED = phrase_in_book("label.counted", "Counted")
L_BOOK_THEN = phrase_in_book("label.book_then", "Book then")
L_OVER = phrase_in_book("label.over", "Over")
L_BY = phrase_in_book("label.counted_by", "Count by")
L_FROM_TO = phrase_in_book("label.counted_when", "Then")
L_AFTER = phrase_in_book("label.book_after", "After")
L_BOOK_NOW = phrase_in_book("label.book_now", "Book now")
L_BESIDE = phrase_in_book("label.beside", "Also")
L_WITH_IT = phrase_in_book("label.with_it", "With it")
L_ELSEWHERE = phrase_in_book("label.elsewhere", "Beside")
L_NOT_AT = phrase_in_book("label.not_at", "Not at")
L_MAY = phrase_in_book("label.may_decide", "May")
L_PLATE_GOODS = phrase_in_book("label.on_it", "On it")
L_SEEN_LAST = phrase_in_book("label.seen_last", "Since")
L_CLOSED_AT = phrase_in_book("label.closed_at", "Closed")
NO_LIMIT = phrase_in_book("claim.no_limit", "no tolerance is set")
NO_COST = phrase_in_book("claim.no_cost", "the item has no cost")
LIMITS: dict[str, Phrase] = {
    "percent": phrase_in_book("claim.over_percent", "{limit} % of the count"),
    "quantity": phrase_in_book("claim.over_quantity", "{limit} pieces"),
    "value": phrase_in_book("claim.over_value", "{limit} in money"),
    "none": NO_LIMIT,
    "no_cost": NO_COST,
}
"""Which limit a count broke, by the centre's word for it."""
TWO_COUNTS: dict[str, Phrase] = {
    "second": phrase_in_book("claim.second", "Two persons count it; one has so far."),
    "differ": phrase_in_book("claim.differ", "The two counts differ."),
    "both": phrase_in_book("claim.both", "Two have counted it: see both."),
}
"""Why it waits, however little it is off."""
ACCEPT_ADJUSTMENT = phrase_in_book("word.accept_adjustment", "Accept: book it so")
REJECT_ADJUSTMENT = phrase_in_book("word.reject_adjustment", "Reject: book stays")
ADJUSTMENT_WORDS = phrase_in_book("ask.adjustment_word", "1\u00a0accept 3\u00a0reject 4\u00a0later")
HELP_ADJUSTMENT = phrase_in_book("help.adjustment_word", "Accepted, it counts from its own time.")
NOT_IN_THE_BOOK = phrase_in_book("info.adjustment_waits", "Not in the book while it waits.")
TWICE = phrase_in_book("info.adjustment_twice", "{who} told the same of these goods.")
ADJUSTED_OVER: dict[tuple[str, str], Phrase] = {
    ("event", "quantity"): LIMITS["quantity"],
    ("event", "percent"): phrase_in_book("adjust.over_percent", "{limit} % of what is there"),
    ("event", "value"): LIMITS["value"],
    ("day", "quantity"): phrase_in_book("adjust.over_day", "{limit} pieces a day"),
    ("day", "value"): phrase_in_book("adjust.over_day_value", "{limit} in money a day"),
}
"""Which limit an adjustment goes above, by what it holds for."""
IS_NOTHING = phrase_in_book("claim.is_nothing", "The place was closed without it.")
BEFORE_OR_AFTER = phrase_in_book("claim.before_or_after", "Before the count or after? Not known.")
IF_BEFORE = phrase_in_book("claim.if_before", "if before: {quantity}")
IF_AFTER = phrase_in_book("claim.if_after", "if after: {quantity}")
UNSAID_OF = phrase_in_book("claim.unsaid", "The book also has {what}. Which?")
WAS_SHOWN = phrase_in_book("claim.was_shown", "Accepted as {quantity}, changed since.")
QUIET = phrase_in_book("claim.never_told", "{count} device never heard.", "{count} devices never heard.")
QUIET_SINCE = phrase_in_book("claim.quiet", "{count} device last sent {time}.", "{count} devices last sent {time}.")
RECHECK = phrase_in_book("claim.recheck", "Not sure: 2 has it counted again.")
RECOUNT_OPEN = phrase_in_book("claim.recount_open", "Recount asked, not by {who}.")
HERE = phrase_in_book("claim.here", "----- the count")
STATES: dict[str, Phrase] = {
    ClaimState.STANDS: phrase_in_book("claim.stands", "stands"),
    ClaimState.WAITS: phrase_in_book("claim.waits", "waits"),
    ClaimState.REJECTED: phrase_in_book("claim.rejected", "rejected"),
    ClaimState.REPLACED: phrase_in_book("claim.replaced", "replaced"),
}
OTHER_STATE = phrase_in_book("claim.other_state", "({state})")
LATE = phrase_in_book("claim.late", "late")
SIDES: dict[str, Phrase] = {Side.UNSURE: phrase_in_book("claim.unsure", "before or after?")}
ALONE = phrase_in_book("info.alone", "Only {who} may decide here.")

WORDS: dict[str, Phrase] = {Word.ACCEPT: ACCEPT, Word.RECOUNT: RECOUNT, Word.REJECT: REJECT}
DONE: dict[str, Phrase] = {
    Word.ACCEPT: phrase_in_book("good.word_accept", "Accepted: {count}. It goes out now."),
    Word.RECOUNT: phrase_in_book("good.word_recount", "To be counted again: {count}."),
    Word.REJECT: phrase_in_book("good.word_reject", "Rejected: {count}."),
}
