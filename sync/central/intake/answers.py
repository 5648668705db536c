"""Answers: what a device is told of each event that it pushed. Pure."""

from collections import Counter
from collections.abc import Sequence

from sync.central.events.decode import NotAnEvent, is_same_event
from sync.central.events.reason import Reason
from sync.central.events.stored import Stored
from sync.central.intake.claims import Claim
from sync.protocol import Answer, Outcome


def answers_to(
    batch: Sequence[Claim | NotAnEvent], stored: dict[str, Stored], applied: dict[str, Stored], seen: Counter[str]
) -> list[Answer]:
    """Answer one batch; ``seen`` counts the keys of those before it, and of this one afterwards."""
    answers = []
    for claim in batch:
        if isinstance(claim, NotAnEvent):
            answers.append(Answer(id=claim.id, outcome=Outcome.NOT_ACCEPTED, reasons=(claim.reason,)))
            continue
        seen[claim.key] += 1
        repeated = claim.key in stored or seen[claim.key] > 1
        kept = stored.get(claim.key) or applied[claim.key]
        answers.append(_answer(claim.arrival.envelope.id, kept, claim.payload, repeated))
    return answers


def _answer(name: str, kept: Stored, payload: bytes, repeated: bool) -> Answer:
    if repeated and kept.payload != payload and not is_same_event(kept.payload, payload):
        return Answer(id=name, outcome=Outcome.NOT_ACCEPTED, reasons=(Reason.PAYLOAD_DIFFERS,))
    return Answer(id=name, outcome=kept.outcome, version=kept.version, reasons=kept.reasons, duplicate=repeated)
