"""How a scanner is answered: what became of an entry, as far as a gun can say it."""

from enum import StrEnum


class Answered(StrEnum):
    """BAD is of what was judged bad, or is provably not kept; ATTENTION wants a look at the screen."""

    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"
