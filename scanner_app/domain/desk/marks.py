"""Marks of a case: what a list says of a row in one sign, and which of them keep it out of *accept many*."""

YOURS = "yours"
"""Whoever asks may not decide it, because it is their own."""
DOUBT = "doubt"
"""The order of a movement is not known, and the difference is another one by it."""
UNSAID = "unsaid"
"""Nobody said whose the goods are, or their status, and there are others of the same goods."""
CHANGED = "changed"
"""It was decided, and late facts changed the difference since then: it is to be looked at anew."""
BEING_COUNTED = "being_counted"
"""Its count has not ended."""
RECOUNT = "recount"
"""Somebody asked for a recount, and nobody has counted yet."""
RECOUNTED = "recounted"
"""It is the recount of another claim."""
PAIR = "pair"
"""The same goods differ the other way beside it, or of another lot, owner or status."""
QUIET = "quiet"
"""Some devices have not told all up to its instant."""
PLATES_MISSING = "plates_missing"
"""Its count did not see plates that the register has there."""
CLOCK = "clock"
"""A clock that was less sure than is taken into account told of its goods within a day of it, unseen by anybody."""
TWICE = "twice"
"""Another device told the same of the same goods within a day: perhaps two people adjusted one pallet."""
SECOND = "second"
"""Two persons count it, and one has so far."""
LEFT_OUT = (YOURS, TWICE, DOUBT, UNSAID, CHANGED, BEING_COUNTED, SECOND)
"""What is marked so is decided one by one; the first of these is why."""


def left_out(marks: tuple[str, ...]) -> str:
    """The mark for which a case is no part of *accept many*; empty where it may be.

    >>> left_out(("recount", "doubt", "yours")), left_out(("recount",))
    ('yours', '')
    """
    return next((mark for mark in LEFT_OUT if mark in marks), "")
