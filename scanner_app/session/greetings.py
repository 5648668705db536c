"""Greetings: a word of welcome at sign-in or of parting at sign-out, and what is in the operator's hand."""

from unicodedata import east_asian_width

from scanner_app.domain.ledger import in_hand
from scanner_app.domain.quantity import show_quantity
from scanner_app.store.store import Store
from scanner_app.workflows.lookups.stock import AtPlace
from scanner_app.workflows.phrases.said import Said, then
from scanner_app.workflows.shift import phrases as shift_phrases

NAME_CELLS_MAX = 17
"""A greeting stands above the menu and may take one row of 40 cells, two of 20: the menu is what it is read for."""


def welcome(store: Store, operator: str, name: str) -> Said | None:
    return then(Said(shift_phrases.SIGNED_IN.key, "good", {"name": greeted(name)}), _carried(store, operator))


def greeted(name: str) -> str:
    """A long name without its middle: what tells names apart mostly stands at their ends."""
    if _cells(name) <= NAME_CELLS_MAX:
        return name
    head = tail = name
    while _cells(head) > NAME_CELLS_MAX // 2:
        head = head[:-1]
    while _cells(tail) > NAME_CELLS_MAX // 2:
        tail = tail[1:]
    return f"{head.rstrip()}~{tail.lstrip()}"


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def farewell(store: Store, operator: str, unfinished: Said | None) -> Said | None:
    """Signed out; what is left unfinished; what goes along in the hand."""
    said = then(Said(shift_phrases.SIGNED_OUT.key, "good"), unfinished)
    return then(said, _carried(store, operator))


def _carried(store: Store, operator: str) -> Said | None:
    """What is in an operator's hand: the first of it, by its number, and how many kinds besides.

    Where it is mostly kept is no matter: that could tell of a place that is counted.
    """
    held = store.inquiries.at_place(AtPlace(in_hand(operator))).rows
    rows = [row for row in held if row.quantity > 0]
    if not rows:
        return None
    stock = f"{show_quantity(rows[0].quantity)} {rows[0].unit} {rows[0].item}"
    if len(rows) == 1:
        return Said(shift_phrases.IN_HAND.key, "attention", {"stock": stock})
    return Said(shift_phrases.IN_HAND_MORE.key, "attention", {"stock": stock, "count": str(len(rows) - 1)})
