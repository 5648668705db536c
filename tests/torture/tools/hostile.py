"""Strings that try to steer a terminal, a markup parser, a template or a spreadsheet; from a seed."""

import random
from collections.abc import Iterator

_C0 = [chr(code) for code in range(0x20)] + ["\x7f"]
_C1 = [chr(code) for code in range(0x80, 0xA0)]
_BIDI = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_HIDDEN = [
    *"\u00ad\u200b\u200c\u200d\u2060\ufeff\u2028\u2029\ufff9\ufffa\ufffb",
    "\U000e0001",
    "\U000e0041",
    "\U000e007f",
]
_SEQUENCES = [
    "\x1b[2J",
    "\x1b[H",
    "\x1b[31m",
    "\x1b[?1049l",
    "\x1b[?25h",
    "\x1b[999;999H",
    "\x1b[6n",
    "\x1b[c",
    "\x1b[>0q",
    "\x1b[8;1;1t",
    "\x1b[48;1;1;1;1t",
    "\x1b[4;1;1t",
    "\x1b[?2026;0$y",
    "\x1b[?2048;4$y",
    "\x1b]0;owned\x07",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1b]8;;http://x\x1b\\",
    "\x1b]8;;\x1b\\",
    "\x1b]22;wait\x07",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gi=1\x1b\\",
    "\x1b^x\x1b\\",
    "\x1bc",
    "\x1b(0",
    "\x1b#8",
    "\x1b[?2026h",
    "\x1b[200~",
    "\x1b[201~",
    "\x9b2J",
    "\x9d0;owned\x9c",
    "\x90x\x9c",
    "\x0e",
    "\x0f",
    "\x05",
    "\x07",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\x08\x08",
    "\x7f",
    "\x00",
]
_MARKUP = [
    "[",
    "]",
    "[/]",
    "[bold]",
    "[/bold]",
    "[red",
    "[[[]",
    "[@click=app.quit]x[/]",
    "[link=file:///etc]x[/link]",
    "\\[",
    "\\",
    "{",
    "}",
    "{name}",
    "{0.__class__}",
    "{!r}",
    "{:>99999}",
    "%s",
    "%n",
    "$HOME",
    "`id`",
    "=1+1",
    "'",
    '"',
    "<b>",
    "&amp;",
    ":smile:",
    "CMD:LEAVE",
    ".q",
    "@adjustment",
    "]C1",
    "\\x1b[2J",
    "\\u001b",
]
_WIDE = [
    "日本",
    "한글",
    "🙂",
    "👩‍👩‍👧",
    "🏳️‍🌈",
    "ﷺ",
    "é",
    "e" + "\u0301" * 40,
    "\u0e49",
    "Ｗ",
    "\u3000",
    "עברית",
    "العربية",
    "ﬁ",
    "ß",
]
_LONE = ["\ud800", "\udc80", "\udfff", "\ud83d"]
_CODES = [
    "010400638133393117261231",
    "10L1",
    "21S1",
    "3103001250",
    "00340123450000000017",
    "(01)",
    "(10)",
    "<GS>",
    "[)>",
    "\x1e06\x1d",
    "\x1d1T",
    "+H7R9PUMP11",
    "/$$3261231L1",
    "https://a/01/04006381333931",
    "?17=261231",
    "ISBN ",
    "1Z",
]
_PLAIN = [*"ABCxyz0189 -/._", "Nut", "P-01"]
_POOLS = [_C0, _C1, _BIDI, _HIDDEN, _SEQUENCES, _SEQUENCES, _MARKUP, _MARKUP, _WIDE, _LONE, _CODES, _PLAIN, _PLAIN]
PIECES = sorted({piece for pool in _POOLS for piece in pool})
"""Everything the strings are made of; for others that make strings."""


def hostile(chance: random.Random, pieces_max: int = 12) -> str:
    """One string of some pieces; one in a hundred is very long."""
    count = chance.randint(1, pieces_max) * (200 if chance.random() < 0.01 else 1)
    return "".join(chance.choice(chance.choice(_POOLS)) for _ in range(count))


def strings(seed: int, count: int) -> Iterator[str]:
    chance = random.Random(seed)
    return (hostile(chance) for _ in range(count))


def scan(chance: random.Random) -> bytes:
    """A line as a scanner could send it: any bytes, no end in it; not always UTF-8."""
    raw = hostile(chance).encode("utf-8", "surrogatepass")
    if chance.random() < 0.3:
        raw += bytes(chance.randrange(256) for _ in range(chance.randint(1, 12)))
    return raw.replace(b"\r", b"").replace(b"\n", b"").replace(b"\t", b"")
