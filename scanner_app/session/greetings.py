"""Greetings: a word of welcome at sign-in or of parting at sign-out, and of what is in the operator's hand."""

from scanner_app.domain.ledger import in_hand
from scanner_app.store.store import Store
from scanner_app.workflows.lookups.stock import ToPut
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift import phrases as shift_phrases


def welcome(store: Store, operator: str, name: str) -> Said:
    if count := _carried(store, operator):
        return Said(shift_phrases.WELCOME_IN_HAND.key, "attention", {"count": count})
    return Said(shift_phrases.SIGNED_IN.key, "good", {"name": name})


def farewell(store: Store, operator: str) -> Said:
    if count := _carried(store, operator):
        return Said(shift_phrases.OUT_IN_HAND.key, "attention", {"count": count})
    return Said(shift_phrases.SIGNED_OUT.key, "good")


def _carried(store: Store, operator: str) -> str:
    """How many kinds of goods are in an operator's hand; empty text for none."""
    count = len(store.places.to_put(ToPut(in_hand(operator))).rows)
    return str(count) if count else ""
