"""What is said of one's own events."""

from scanner_app.workflows.phrases.book import Phrase, phrase_in_book

TODAY = phrase_in_book("title.today", "Today")
WHICH_EVENT = phrase_in_book("ask.event", "Which of these? Type its number.")
NOTHING = phrase_in_book("ask.no_event", "Nothing of yours today. Type 1.")
HELP_EVENT = phrase_in_book("help.event", "Your work, newest first. F7: more.")
LOOK_AGAIN = phrase_in_book("option.look_again", "Look again")
WHAT_NOW = phrase_in_book("ask.what_now", "What now? Type a number.")
HELP_WHAT = phrase_in_book("help.what_now", "Undo a mis-scan, or carry goods back.")
TO_THE_LIST = phrase_in_book("option.list", "Back to the list")
NEVER = phrase_in_book("option.never", "It never happened")
PUT_BACK = phrase_in_book("option.put_back", "Put it back now")
SURE = phrase_in_book("ask.sure", "Never happened? Type {digits}.")
HELP_SURE = phrase_in_book("help.sure", "Type the digits, or .b to keep it.")
BACK_WHERE = phrase_in_book("ask.back_where", "Put it back: scan {place}.")
GONE = phrase_in_book("good.never", "Taken out. It never happened.")

NOTHING_ELSE = phrase_in_book("event.closed", "counted, no more at")
NO_MORE_OF = phrase_in_book("event.closed_item", "no more of {item} at")

L_WHEN = phrase_in_book("label.when", "When")
L_WHY = phrase_in_book("label.why", "Why")
L_BY = phrase_in_book("label.decided_by", "By")
L_TYPED = phrase_in_book("label.typed", "Typed")

LINES: dict[str, Phrase] = {
    "waiting": phrase_in_book("event.waiting", "not sent yet"),
    "posted": phrase_in_book("event.posted", "booked"),
    "posted_with_exceptions": phrase_in_book("event.exceptions", "booked, to be checked"),
    "waiting_for_approval": phrase_in_book("event.approval", "waits for approval"),
    "will_wait": phrase_in_book("event.will_wait", "not sent, will wait"),
    "held": phrase_in_book("event.held", "held"),
    "quarantined": phrase_in_book("event.quarantined", "set apart"),
    "not_accepted": phrase_in_book("event.not_accepted", "not taken"),
    "void": phrase_in_book("event.void", "void: not booked"),
    "annulled": phrase_in_book("event.annulled", "never happened"),
    "put_back": phrase_in_book("event.put_back", "put back"),
    "word": phrase_in_book("event.word", "word not valid"),
}
"""An event and what became of it, by its outcome or by what was done about it."""
COUNTED = phrase_in_book("event.counted", "is counted")
OF_COUNTS = {"posted": COUNTED, "posted_with_exceptions": COUNTED}
"""A count is never told what came of it by the book."""

REASONS: dict[str, Phrase] = {
    "negative": phrase_in_book("reason.negative", "More taken than was known. Count there."),
    "unknown_item": phrase_in_book("reason.unknown_item", "Item not known. Tell your supervisor."),
    "unknown_place": phrase_in_book("reason.unknown_place", "Place not known. Tell a supervisor."),
    "unknown_owner": phrase_in_book("reason.unknown_owner", "Owner not known. Tell a supervisor."),
    "unknown_status": phrase_in_book("reason.unknown_status", "Status not known. Tell a supervisor."),
    "unknown_operator": phrase_in_book("reason.unknown_operator", "You are not known. Tell a supervisor."),
    "unknown_event": phrase_in_book("reason.unknown_event", "What it names is not there yet. Wait."),
    "operator_inactive": phrase_in_book("reason.operator_inactive", "You are not active. Tell a supervisor."),
    "no_right": phrase_in_book("reason.no_right", "Not your right. Tell your supervisor."),
    "clock_doubtful": phrase_in_book("reason.clock", "Clock was wrong. Tell a supervisor."),
    "over_limit": phrase_in_book("reason.over_limit", "Over your limit. Nothing to do."),
    "no_cost": phrase_in_book("reason.no_cost", "No cost known: a supervisor looks."),
    "needs_approval": phrase_in_book("reason.approval", "This reason waits for a supervisor."),
    "reason_missing": phrase_in_book("reason.no_reason", "No reason given. Tell a supervisor."),
    "reason_differs": phrase_in_book("reason.other_reason", "Reason does not fit. Tell a supervisor."),
    "reason_inactive": phrase_in_book("reason.old_reason", "Old reason. Tell a supervisor."),
    "note_missing": phrase_in_book("reason.no_note", "A note is missing. Tell a supervisor."),
    "rejected": phrase_in_book("reason.rejected", "Rejected: the book stays as it was."),
    "item_inactive": phrase_in_book("reason.item_inactive", "Item not in use. Tell a supervisor."),
    "place_closed": phrase_in_book("reason.closed", "Place is closed. Move it elsewhere."),
    "place_blocked": phrase_in_book("reason.blocked", "Place is blocked. Ask a supervisor."),
    "lot_missing": phrase_in_book("reason.lot_missing", "Its lot is missing. Tell a supervisor."),
    "lot_not_kept": phrase_in_book("reason.lot_not_kept", "It has no lots. Tell a supervisor."),
    "serial_missing": phrase_in_book("reason.serial_missing", "No serial. Tell a supervisor."),
    "serial_not_kept": phrase_in_book("reason.serial_not_kept", "It has no serials. Tell a supervisor."),
    "serial_not_one": phrase_in_book("reason.serial_not_one", "A serial is 1 piece. Tell a supervisor."),
    "unit_differs": phrase_in_book("reason.unit_differs", "Other unit here. Tell a supervisor."),
    "quantity_not_believed": phrase_in_book("reason.quantity", "Too much to be true. Tell a supervisor."),
    "instant_not_believed": phrase_in_book("reason.instant", "Its time is wrong. Tell a supervisor."),
    "not_own": phrase_in_book("reason.not_own", "Not your own work. Ask a supervisor."),
    "undo_too_deep": phrase_in_book("reason.too_deep", "Undone too often. Tell a supervisor."),
    "too_fine": phrase_in_book("reason.too_fine", "Too many decimals. Tell a supervisor."),
    "hand_not_own": phrase_in_book("reason.hand_not_own", "Not your hand. Ask a supervisor."),
    "device_revoked": phrase_in_book("reason.revoked", "Scanner not trusted. Ask a supervisor."),
    "sequence_taken": phrase_in_book("reason.sequence", "Two scanners alike. Tell IT."),
    "quarantine_full": phrase_in_book("reason.full", "Centre is full. Tell a supervisor."),
    "newer_kind": phrase_in_book("reason.newer", "Centre too old for it. Tell IT."),
    "newer_schema": phrase_in_book("reason.newer_schema", "Centre is too old. Tell IT."),
    "unknown_subject": phrase_in_book("reason.unknown_subject", "The centre does not have it yet."),
    "unknown_unit": phrase_in_book("reason.unknown_unit", "Unit not known. Tell your supervisor."),
    "no_judge": phrase_in_book("reason.no_judge", "Centre too old to decide it. Tell IT."),
    "own": phrase_in_book("reason.own", "Your own. Somebody else must decide."),
    "already_decided": phrase_in_book("reason.already_decided", "Somebody else had decided it."),
    "not_waiting": phrase_in_book("reason.not_waiting", "Nothing waits there any more."),
    "still_held": phrase_in_book("reason.still_held", "It still cannot be booked."),
    "booked_already": phrase_in_book("reason.booked_already", "It is in the book. Undo it instead."),
}
"""Why it came back and what to do, by the centre's word for it; *negative* is one of older centres."""
OTHER_LINE = phrase_in_book("event.other", "{state}")
OTHER_REASON = phrase_in_book("reason.other", "{reason}: tell your supervisor.")
