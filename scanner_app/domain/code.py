"""What can be a code: a text that is printed, fits, and cannot be taken for a command or an account of the program."""

OWN_MARKS = ("@", ".", "CMD:")
"""What begins so is the program's own: accounts, what is typed for a command, the barcodes of commands."""
CODE_LENGTH_MAX = 80


def is_code(text: str) -> bool:
    """Say whether a text can be the code of anything; what the floor makes is held to it, as files are.

    >>> [is_code(text) for text in ("L7", ".L7", "cmd:L7", "@L7", "", "L\u00a07")]
    [True, False, False, False, False, False]
    """
    return 0 < len(text) <= CODE_LENGTH_MAX and text.isprintable() and not text.upper().startswith(OWN_MARKS)
