"""Words that every screen shows around the questions: the corner, the last row, the ends of lists."""

from scanner_app.workflows.phrases.book import phrase_in_book

NEVER = phrase_in_book("corner.never", "NEW")
OFFLINE = phrase_in_book("corner.offline", "OFF")
CONNECTING = phrase_in_book("corner.connecting", "...")
ONLINE = phrase_in_book("corner.online", "ON")
REFUSED = phrase_in_book("corner.refused", "REF!")
SYNCED = phrase_in_book("chrome.synced", "synced {age}")
WAITING = phrase_in_book("chrome.waiting", "{count} waiting")
HELD = phrase_in_book("chrome.held", "{count} held")
NO_SCANNER = phrase_in_book("chrome.scanner", "NO SCANNER")
PULLING = phrase_in_book("chrome.pulling", "Fetching the site")
DAYS = phrase_in_book("chrome.days", "{count}d")
HOURS = phrase_in_book("chrome.hours", "{count}h")
MINUTES = phrase_in_book("chrome.minutes", "{count}m")
SECONDS = phrase_in_book("chrome.seconds", "{count}s")
MORE = phrase_in_book("chrome.more", "v {count} more: F7 .n")
END = phrase_in_book("chrome.end", "(end) F7 .n: top")
EARLIER = phrase_in_book("chrome.earlier", "^ {count} more")
LEGEND = phrase_in_book("chrome.legend", ". empty  # stocked  ! blocked  X closed")
UNFINISHED = phrase_in_book("chrome.unfinished", "Not taken, its end is missing: {text}")
CLEARED = phrase_in_book("attention.cleared", "What was half typed is cleared.")

ACKNOWLEDGE = phrase_in_book("hint.acknowledge", "F8 or .k to go on  F1 help")
HINT = phrase_in_book("hint.keys", "F1 help  F2 menu  F3 back  F4 undo")
HINT_SIGN_IN = phrase_in_book("hint.sign_in", "F1 help  F10 leave")
HINT_HELP = phrase_in_book("hint.help", "F7 more  F3 back")
