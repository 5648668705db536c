"""The sentences of the status: how the device is doing, and why the centre is not reached."""

from scanner_app.workflows.phrases.book import phrase_in_book

STATUS = phrase_in_book("title.status", "Status")
THIS_DEVICE = phrase_in_book("ask.status", "This device now. F3 or .b goes back.")
HELP_STATUS = phrase_in_book("help.status", "How this device is. Nothing to scan.")

L_LINK = phrase_in_book("label.link", "Link")
L_EXCHANGED = phrase_in_book("label.exchanged", "Synced")
L_WAITING = phrase_in_book("label.waiting", "Waiting")
L_CAME_BACK = phrase_in_book("label.came_back", "Back")
L_SCANNER = phrase_in_book("label.scanner", "Scanner")
L_TIME = phrase_in_book("label.time", "Time")
L_FETCHED = phrase_in_book("label.fetched", "Fetched")
L_PROGRAM = phrase_in_book("label.program", "Program")
L_DEVICE = phrase_in_book("label.device", "Device")
L_ALSO_AT = phrase_in_book("label.also_at", "Also at")

LINK_NEVER = phrase_in_book("link.never", "not tried yet")
LINK_CONNECTING = phrase_in_book("link.connecting", "connecting")
LINK_ONLINE = phrase_in_book("link.online", "on line")
LINK_OFFLINE = phrase_in_book("link.offline", "off line")
LINK_REFUSED = phrase_in_book("link.refused", "refused")

OUT_OF_REACH = phrase_in_book("trouble.out_of_reach", "The centre does not answer. Work on.")
IS_BUSY = phrase_in_book("trouble.busy", "The centre is busy and is asked later.")
IS_REFUSED = phrase_in_book("trouble.refused", "Refused by the centre. Tell IT.")
IS_OUTDATED = phrase_in_book("trouble.outdated", "Program too old for the centre. Tell IT.")
IS_STRANGE = phrase_in_book("trouble.strange", "Another program answers. Tell IT.")
HAS_FAILED = phrase_in_book("trouble.failed", "The exchange failed here. Tell IT.")

SINCE = phrase_in_book("info.since", "No centre since {time}.")
NOTHING_LOST = phrase_in_book("info.nothing_lost", "Nothing is lost; it goes out by itself.")
KEPT = phrase_in_book("info.kept", "Nothing is lost; it waits for IT.")
ALL_SENT = phrase_in_book("info.all_sent", "nothing")
LOOK_AT_TODAY = phrase_in_book("info.look_at_today", "See Today for what came back and why.")
FETCHING_SITE = phrase_in_book("info.fetching_site", "First fetch. You may work or leave.")
FETCHING = phrase_in_book("info.fetching", "Catching up. You may work meanwhile.")
SCANNER_READY = phrase_in_book("info.scanner_ready", "{name} is ready")
SCANNER_LOST = phrase_in_book("info.scanner_lost", "{name} is gone. Check its plug.")
KEYBOARD_ONLY = phrase_in_book("info.keyboard_only", "as a keyboard")
