"""What is said when somebody signs in or out: a word of welcome or of parting, and of what is in their hand."""

from scanner_app.domain.ledger import in_hand
from scanner_app.store.store import Store
from scanner_app.workflows import move_phrases, phrases
from scanner_app.workflows.look import ToPut
from scanner_app.workflows.script import Said


def welcome(store: Store, operator: str, name: str) -> Said:
    if count := _carried(store, operator):
        return Said(move_phrases.WELCOME_IN_HAND.key, "attention", {"count": count})
    return Said(phrases.SIGNED_IN.key, "good", {"name": name})


def farewell(store: Store, operator: str) -> Said:
    if count := _carried(store, operator):
        return Said(move_phrases.OUT_IN_HAND.key, "attention", {"count": count})
    return Said(phrases.SIGNED_OUT.key, "good")


def _carried(store: Store, operator: str) -> str:
    """How many kinds of goods are in an operator's hand; empty text for none."""
    count = len(store.places.to_put(ToPut(in_hand(operator))).rows)
    return str(count) if count else ""
