"""How much of a trial is run: its short form among the tests of every day, its long one by ``make torture``.

``SCANNER_TORTURE=long`` asks for the long form, ``SCANNER_SEED`` for other dice.
"""

import os

LONG = os.environ.get("SCANNER_TORTURE") == "long"
SEED = int(os.environ.get("SCANNER_SEED", "1"))


def extent(short: int, long: int) -> int:
    """The figure for the form that is being run."""
    return long if LONG else short
