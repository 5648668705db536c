"""The output filter: text from anywhere, made harmless for a terminal.

Control characters of both sets, characters that reorder what follows, line separators, invisible format characters and
lone surrogates become U+FFFD, one for one, so that a code with something hidden in it shows that it has.
"""

import re

REPLACEMENT = "�"

_HARMFUL = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"
    "\U000e0000-\U000e007f"
    "]"
)


def clean(text: str) -> str:
    """Replace every character that could steer a terminal or hide what is shown."""
    return _HARMFUL.sub(REPLACEMENT, text)


def clean_bytes(raw: bytes) -> str:
    """Read bytes as UTF-8 for showing; what is no UTF-8 shows as U+FFFD."""
    return clean(raw.decode("utf-8", "replace"))
