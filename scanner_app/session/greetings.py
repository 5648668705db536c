"""Greetings: a word of welcome at sign-in or of parting at sign-out, and of what is in the operator's hand."""

from unicodedata import east_asian_width

from scanner_app.domain.ledger import in_hand
from scanner_app.store.store import Store
from scanner_app.workflows.lookups.stock import ToPut
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift import phrases as shift_phrases

NAME_CELLS_MAX = 17
"""A greeting stands above the menu and may take one row of 40 cells, two of 20: the menu is what it is read for."""


def welcome(store: Store, operator: str, name: str) -> Said:
    if count := _carried(store, operator):
        return Said(shift_phrases.WELCOME_IN_HAND.key, "attention", {"count": count})
    return Said(shift_phrases.SIGNED_IN.key, "good", {"name": greeted(name)})


def greeted(name: str) -> str:
    """The beginning of a long name; all of it stands in the last row where there is room."""
    cells = 0
    for place, character in enumerate(name):
        cells += 2 if east_asian_width(character) in "WF" else 1
        if cells > NAME_CELLS_MAX:
            return name[: place - 1].rstrip() + "~"
    return name


def farewell(store: Store, operator: str) -> Said:
    if count := _carried(store, operator):
        return Said(shift_phrases.OUT_IN_HAND.key, "attention", {"count": count})
    return Said(shift_phrases.SIGNED_OUT.key, "good")


def _carried(store: Store, operator: str) -> str:
    """How many kinds of goods are in an operator's hand; empty text for none."""
    count = len(store.places.to_put(ToPut(in_hand(operator))).rows)
    return str(count) if count else ""
