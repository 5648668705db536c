"""PIN (secret): which ones are too simple to be set, and the form of the hash that is kept instead of one."""

import re
from itertools import pairwise

from scanner_app.domain.people import PIN_DIGITS

MEMORY_KIB_MAX = 65_536
"""Of a hash that is believed: whoever may write one must not be able to stop every device that checks it."""
MEMORY_KIB_MIN = 7_168
"""Of a hash that a device makes for a new PIN: the least that is recommended."""
PASSES_MAX, LANES_MAX = 10, 4
_VERIFIER = re.compile(
    r"\$argon2id\$v=19\$m=([1-9]\d{0,6}),t=([1-9]\d?),p=([1-9]\d?)\$[A-Za-z0-9+/]{11,64}\$[A-Za-z0-9+/]{22,86}"
)
_NAMES_DIGITS_MIN = 4
_SLIPS_MAX = 1
_MASK = "*"
_LINES = ("123", "456", "789", "147", "258", "369", "159", "357")
_KEYPAD_LINES = frozenset({*_LINES, *(line[::-1] for line in _LINES)})


def is_simple(pin: str, *names: str) -> bool:
    """Say whether six digits are among the first that others would try; ``names`` are the badge and the number.

    At most two different digits, even steps, a part said again, doubled digits, the same from behind, two lines of the
    keypad, or the digits of the badge.

    >>> [is_simple(pin) for pin in ("111111", "123456", "121212", "112233", "147369", "246831")]
    [True, True, True, True, True, False]
    >>> is_simple("100138", "B-1001"), is_simple("100138", "B-77")
    (True, False)
    """
    return _is_pattern(pin) or any(_is_in_name(pin, name) for name in names)


def masked(text: str) -> str:
    """A line as it may be shown when it answered nothing: digits as many as a PIN has, or one more or less, are stars.

    >>> masked("135790"), masked("13579"), masked("4006381333931"), masked("A-01-01")
    ('******', '*****', '4006381333931', 'A-01-01')
    """
    is_like_pin = text.strip().isdigit() and abs(len(text.strip()) - PIN_DIGITS) <= _SLIPS_MAX
    return _MASK * len(text.strip()) if is_like_pin else text


def _is_pattern(pin: str) -> bool:
    half, third = PIN_DIGITS // 2, PIN_DIGITS // 3
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    is_repeated = pin == pin[:half] * 2 or pin == pin[:third] * 3
    is_doubled = pin[::2] == pin[1::2]
    is_keypad = pin[:half] in _KEYPAD_LINES and pin[half:] in _KEYPAD_LINES
    return len(set(pin)) <= 2 or len(steps) == 1 or is_repeated or is_doubled or is_keypad or pin == pin[::-1]


def _is_in_name(pin: str, name: str) -> bool:
    digits = "".join(re.findall("[0-9]", name))
    return len(digits) >= _NAMES_DIGITS_MIN and (digits in pin or pin in digits)


def is_sound_verifier(text: str) -> bool:
    """Say whether a text is a hash that may become somebody's: one that costs who would guess at least something.

    >>> [is_sound_verifier(f"$argon2id$v=19$m={m},t=2,p=1$c2FsdHNhbHQ$" + "A" * 43) for m in (8, 7_168, 65_537)]
    [False, True, False]
    """
    match = _VERIFIER.fullmatch(text)
    return match is not None and is_verifier(text) and int(match[1]) >= MEMORY_KIB_MIN


def is_verifier(text: str) -> bool:
    """Say whether a text is an argon2id hash that a device can afford to check.

    >>> is_verifier("246831"), is_verifier("$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHQ$" + "A" * 43)
    (False, False)
    >>> is_verifier("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$" + "A" * 43)
    True
    """
    match = _VERIFIER.fullmatch(text)
    if match is None:
        return False
    memory, passes, lanes = map(int, match.groups())
    return memory <= MEMORY_KIB_MAX and passes <= PASSES_MAX and lanes <= LANES_MAX
