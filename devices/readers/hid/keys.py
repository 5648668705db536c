"""Keys of a keyboard by the kernel's numbers (evdev): a key is a place, and what it types is told by a layout."""

ESC, BACKSPACE, TAB, ENTER = 1, 14, 15, 28
LEFT_CTRL, LEFT_SHIFT, RIGHT_SHIFT, LEFT_ALT, CAPS_LOCK = 29, 42, 54, 56, 58
NUM_LOCK, SCROLL_LOCK, KEYPAD_ENTER = 69, 70, 96
RIGHT_CTRL, RIGHT_ALT, LEFT_META, RIGHT_META, COMPOSE = 97, 100, 125, 126, 127
KEY_A = 30
KEYS_MAX = 0x300

SHIFTS = frozenset((LEFT_SHIFT, RIGHT_SHIFT))
CTRLS = frozenset((LEFT_CTRL, RIGHT_CTRL))
MODIFIERS = SHIFTS | CTRLS | {LEFT_ALT, RIGHT_ALT}
SILENT = frozenset((NUM_LOCK, SCROLL_LOCK, LEFT_META, RIGHT_META, COMPOSE))
"""Keys that type nothing and change nothing of what others type: a keypad of a scanner is always one of digits."""

KEYPAD = {
    55: "*", 71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+", 79: "1", 80: "2", 81: "3",
    82: "0", 83: ".", 98: "/", 117: "=", 121: ",",
}  # fmt: skip
ALT_DIGITS = {code: sign for code, sign in KEYPAD.items() if sign.isdigit()} | {
    code: str(code - 1)[-1] for code in range(2, 12)
}
"""What may follow a held Alt: digits of the keypad, or of the row above the letters."""

CONTROLS = {ESC: b"\x1b", BACKSPACE: b"\x08", TAB: b"\t", ENTER: b"\r", KEYPAD_ENTER: b"\r"}
