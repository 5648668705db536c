"""What is said of how true the book is: each figure with its formula, what may deceive in it, and of checkers."""

from scanner_app.domain.accuracy.counted_line import BY_RULE
from scanner_app.domain.accuracy.figure import Formula
from scanner_app.domain.counting.state import Standing
from scanner_app.workflows.phrases.book import Phrase, phrase_in_book

ACCURACY = phrase_in_book("title.accuracy", "Accuracy")
CHECKERS = phrase_in_book("title.checkers", "Checkers")
WHICH = phrase_in_book("ask.accuracy", "1\u00a0lines 2\u00a0reason 3\u00a0counter 4\u00a0class")
HELP_WHICH = phrase_in_book("help.accuracy", "A number: what the figures are made of.")
WAITS = phrase_in_book("ask.accuracy_waits", "You count: today is told afterwards.")
HELP_WAITS = phrase_in_book("help.accuracy_waits", "They would tell what the book has.")
LINES = phrase_in_book("option.accuracy_lines", "Lines that differ")
ALL_LINES = phrase_in_book("option.accuracy_all", "All lines")
LATE_LINES = phrase_in_book("option.accuracy_late", "Those that went late")
BY_REASON = phrase_in_book("option.by_reason", "By reason")
BY_COUNTER = phrase_in_book("option.by_counter", "By counter")
BY_CLASS = phrase_in_book("option.by_class", "By class")
BY_ZONE = phrase_in_book("option.by_zone_figures", "By zone")
BEFORE = phrase_in_book("option.period_before", "The one before")
MORE = phrase_in_book("option.accuracy_more", "Other figures")
WHAT_ELSE = phrase_in_book("ask.accuracy_more", "Which figures? Type a number.")
HELP_WHAT_ELSE = phrase_in_book("help.accuracy_more", "By zone, or of another period.")
OTHER_PERIOD = phrase_in_book("option.other_period", "Another period")
WHOLE_SITE = phrase_in_book("option.whole_site", "The whole site")
DECEIVES = phrase_in_book("option.deceives", "What may deceive")
FIGURES = phrase_in_book("option.figures", "Back to the figures")
PERIOD = phrase_in_book("ask.period", "Which period? Like 2026-10.")
HELP_PERIOD = phrase_in_book("help.period", "A year, a month, or a day: 2026-10-05.")
NO_PERIOD = phrase_in_book("attention.no_period", "No period. Type it like 2026-10.")
BEHIND = phrase_in_book("ask.lines_behind", "1\u00a0differing 2\u00a0all 3\u00a0late")
BEHIND_MORE = phrase_in_book("ask.lines_behind_more", "1\u00a0differing 2\u00a0all 3\u00a0late 4\u00a0next")
HELP_BEHIND = phrase_in_book("help.lines_behind", "Dearest first. 0: back to the figures.")
NO_LINES = phrase_in_book("info.no_lines", "No such lines.")
APART = phrase_in_book("ask.figures_of", "Of which one? Type its number.")
HELP_APART = phrase_in_book("help.figures_of", "Lines that agree, lines, net in money.")
DOUBTS = phrase_in_book("ask.doubts", "What may deceive. F3: figures.")
HELP_DOUBTS = phrase_in_book("help.doubts", "How a figure is made to look good.")
NOT_MADE = phrase_in_book("info.not_made", "Some counts are not in it yet.")
NAMELESS = phrase_in_book("info.nameless", "(none)")
L_PERIOD = phrase_in_book("label.period", "Period")
L_TREND = phrase_in_book("label.trend", "Trend")

FORMULAS: dict[Formula, Phrase] = {
    Formula.LINES: phrase_in_book("accuracy.lines", "{part} of {whole} lines agree"),
    Formula.WITHIN: phrase_in_book("accuracy.within", "{part} of {whole} lines within limits"),
    Formula.VALUE: phrase_in_book("accuracy.value", "value: 1 - {off} / {book}"),
    Formula.NET: phrase_in_book("accuracy.net", "net: {off} / {book}"),
    Formula.SHRINKAGE: phrase_in_book("accuracy.shrinkage", "shrinkage: {off} / {book}"),
    Formula.PLACES: phrase_in_book("accuracy.places", "{part} of {whole} places agree"),
    Formula.LATE: phrase_in_book("accuracy.late", "{part} of {whole} gone by late events"),
}
"""Each figure with what it is worked out from, in the order in which they are told."""
DUE = phrase_in_book("accuracy.due", "{part} counted of {whole} due")
SPEED = phrase_in_book("accuracy.speed", "seconds a line, of {whole} scans")

OF_RULES: dict[str, Phrase] = {
    f"{BY_RULE}{Standing.EXACT}": phrase_in_book("figures.exact", "no difference"),
    f"{BY_RULE}{Standing.WITHIN}": phrase_in_book("figures.by_limits", "within limits"),
    f"{BY_RULE}{Standing.AGREED}": phrase_in_book("figures.agreed", "recount agreed"),
    f"{BY_RULE}{Standing.WAITING}": phrase_in_book("figures.waiting", "not decided"),
    f"{BY_RULE}{Standing.REJECTED}": phrase_in_book("figures.rejected", "was rejected"),
    f"{BY_RULE}{Standing.ACCEPTED}": phrase_in_book("figures.accepted", "accepted"),
}
"""How a line stands that no word gave a reason."""

FEW_PLACES = phrase_in_book("doubt.places", "{part} of {whole} places were counted.")
OLDEST = phrase_in_book("doubt.oldest", "Longest not counted: {count} day.", many="Longest not counted: {count} days.")
LIMITS = phrase_in_book("doubt.limits", "{part} of {whole} off are let by limits.")
CANCELS = phrase_in_book("doubt.cancels", "Net hides: {off} up and down in all.")
RECOUNTED = phrase_in_book("doubt.recounted", "{part} counted again are left out.")
REJECTED = phrase_in_book("doubt.rejected", "{part} rejected are left out.")
WAITING = phrase_in_book("doubt.waiting", "{part} not decided: no shrinkage yet.")
COSTLESS = phrase_in_book("doubt.costless", "{part} differ without a cost: no money.")
LATER = phrase_in_book("doubt.later", "Late events still change past days.")
SPED = phrase_in_book("doubt.speed", "Seconds of scans, not of the way.")

WHICH_PAIR = phrase_in_book("ask.checkers", "Who accepted whose? A number: more.")
HELP_PAIR = phrase_in_book("help.checkers", "Supervisor, counter, how many accepted.")
ONE_PAIR = phrase_in_book("ask.one_pair", "What was accepted. F3: all pairs.")
HELP_ONE_PAIR = phrase_in_book("help.one_pair", "Many by one pair: let another look.")
NO_PAIRS = phrase_in_book("ask.no_pairs", "Nobody decided. .p: the one before.")
ACCEPTED = phrase_in_book("checkers.accepted", "{part} accepted of {whole} by {who}")
REJECTS = phrase_in_book("checkers.rejected", "{part} rejected")
UNCHECKED = phrase_in_book("checkers.unchecked", "{part} counted by nobody else")
BULK = phrase_in_book("checkers.bulk", "{part} many at once")
ABOVE = phrase_in_book("checkers.above", "{part} above their limits")
OTHER = phrase_in_book("checkers.other", 'reason "other": {part}')
WORTH = phrase_in_book("checkers.worth", "changed in money: {off}")
SPLITS = phrase_in_book("checkers.splits", "One quantity, several people:")
