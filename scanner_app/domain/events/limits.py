"""Limits of a fact: how many legs it has and how long a name in it is, at most."""

import re

LEGS_MAX = 1_000
NAME_LENGTH_MAX = 200
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def is_named(name: str) -> bool:
    """Say whether ``name`` is one at all, and no longer than names are."""
    return 0 < len(name) <= NAME_LENGTH_MAX


def is_day(text: str) -> bool:
    """Say whether a text has the form of a day, as ``2026-12-31``."""
    return _DAY.fullmatch(text) is not None
