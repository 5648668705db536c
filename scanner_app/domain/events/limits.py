"""Limits of a fact: how many legs it has and how long a name in it is, at most."""

LEGS_MAX = 1_000
NAME_LENGTH_MAX = 200


def is_named(name: str) -> bool:
    """Say whether ``name`` is one at all, and no longer than names are."""
    return 0 < len(name) <= NAME_LENGTH_MAX
