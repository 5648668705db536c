"""Histories at random through the real applying code, in pushes of any size, held against the fold after every push."""

from sync.central.database.store import CentralStore
from tests.central.counting.followed_site import follow
from tests.extent import SEED

_HISTORIES = 12
"""``make torture`` tells thousands (``tests/torture/counting``)."""


def test_the_centre_keeps_what_the_fold_says(floor_store: CentralStore) -> None:
    for number in range(_HISTORIES):
        follow(floor_store, SEED * 1_000_000 + number)
