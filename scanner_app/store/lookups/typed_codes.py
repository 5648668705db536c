"""How many codes each operator scanned and how many came by hand, from what became of the entries."""

import sqlite3
from collections import Counter

import msgspec
from msgspec import Struct

from scanner_app.workflows.engine.typed_codes import REASON
from scanner_app.workflows.engine.verdict import Verdict
from scanner_app.workflows.questions.answers import Choice, Goods, Place

_VERDICTS = """SELECT p.operator, v.facts FROM verdict v JOIN entry e USING (entry) JOIN play p ON p.play = v.play
WHERE e.wall_us > ? AND v.outcome IN ('answered', 'typed') ORDER BY v.entry"""
_verdict = msgspec.json.Decoder(Verdict)


class Hands(Struct):
    """Of so many ``codes`` so many were ``typed``; ``reasons`` counts why, where that was asked."""

    codes: int = 0
    typed: int = 0
    reasons: Counter[str] = msgspec.field(default_factory=Counter)


def hands(database: sqlite3.Connection, since_us: int) -> dict[str, Hands]:
    """What each operator did since then by the device's wall clock."""
    whose: dict[str, Hands] = {}
    for operator, facts in database.execute(_VERDICTS, (since_us,)):
        try:
            verdict = _verdict.decode(facts)
        except msgspec.DecodeError:  # of another program
            continue
        hand = whose.setdefault(operator, Hands())
        if isinstance(verdict.answer, Place | Goods):
            hand.codes += 1
            hand.typed += verdict.is_typed
        elif verdict.question == REASON.slot and isinstance(verdict.answer, Choice):
            hand.reasons[verdict.answer.value] += 1
    return {operator: hand for operator, hand in sorted(whose.items()) if hand.codes}
