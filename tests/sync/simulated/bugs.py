"""Bugs that can be planted into the simulated centre, each of which a real system has had."""

from enum import StrEnum


class Bug(StrEnum):
    DEDUPE_BY_SEQUENCE = "an event is known by device and sequence alone"
    PLAIN_CURSOR = "versions are taken from a plain sequence, before the commit and without a lock"
    FORGOTTEN_EPOCH = "a device that is enrolled again keeps its epoch"
    UNNOTICED_RESTORE = "a store that was put back in silence does not look at what devices know"
    UNTOLD_OUTCOME = "what somebody has released does not come back to whoever made it"
    WORD_COUNTS_TWICE = "a word that comes again after a restore is judged again"
    FORGOTTEN_STORE_EPOCH = "a store put back from its backup does not say so"
