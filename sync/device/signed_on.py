"""What an exchange says of people: who is signed on here and whose sign-in is locked, and what the centre answers."""

from msgspec import Struct

from scanner_app.store.identity import Elsewhere
from scanner_app.store.store import Store
from sync.protocol import ExchangeAnswer, SignedOn


class Present(Struct, frozen=True):
    """As it was when an exchange began: only locks from before it can be lifted by its answer."""

    signed_on: SignedOn
    locked: tuple[str, ...]


def present(store: Store) -> Present:
    """Who is at work here, since when by the centre's clock as far as that is known."""
    who, offset = store.log.at_work(), store.identity.offset
    shift_us = offset.offset_us if offset and who.operator else 0
    return Present(SignedOn(who.operator, who.since_us + shift_us), store.failures.locked())


def keep_answer(store: Store, present: Present, answer: ExchangeAnswer) -> None:
    """Note where else the operator is signed on, and lift the locks of those whom the centre still knows."""
    others = tuple(Elsewhere(one.operator, one.device, one.since_us) for one in answer.elsewhere)
    store.identity.set_elsewhere(others)
    store.failures.lift(set(answer.known) & set(present.locked))
