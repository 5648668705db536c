"""What arrives in the place of the signs that part a code, where these cannot be sent."""

import re

from scanner_app.domain.recognition.separators import EOT, GS, RS

_SPELLED = {
    GS: ("<GS>", "{GS}", "[GS]", "<FNC1>", "{FNC1}", "[FNC1]", "\\x1d", "\\u001d", "_x001d_", "%1d", "^]", "\u241d"),
    RS: ("<RS>", "{RS}", "[RS]", "\\x1e", "\\u001e", "_x001e_", "%1e", "^^", "\u241e"),
    EOT: ("<EOT>", "{EOT}", "[EOT]", "\\x04", "\\u0004", "_x0004_", "%04", "\u2404"),
}
_SIGNS = "~|^#@`$\\"
"""Single signs that stand in no element of GS1, so that one in a label can only be a separator."""
_NAMES = {name.lower(): sign for sign, names in _SPELLED.items() for name in names}
_NAMED = re.compile("|".join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True)), re.IGNORECASE)
_IN_PLACE = re.compile(f"{_NAMED.pattern}|[{re.escape(_SIGNS)}]", re.IGNORECASE)


def has_named(text: str) -> bool:
    """Say whether a separator is written out in words."""
    return _NAMED.search(text) is not None


def has_substitute(text: str) -> bool:
    """Say whether something stands in a text that may be a separator of GS1."""
    return _IN_PLACE.search(text) is not None


def parted(text: str) -> str:
    """A text of GS1 with separators for what stands in their place.

    >>> parted("0104006381333931<GS>10L1~21S1")
    '0104006381333931\\x1d10L1\\x1d21S1'
    """
    return _IN_PLACE.sub(GS, text)


def spelled_out(text: str) -> str:
    """A text with the signs of an envelope for their names, each with its own."""
    return _NAMED.sub(lambda found: _NAMES[found[0].lower()], text)
