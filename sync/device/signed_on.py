"""Presence, as an exchange tells it: who is signed on here and whose sign-in is locked, and what the centre answers."""

from msgspec import Struct

from scanner_app.store.identity import OtherDevice
from scanner_app.store.sign_in_failures import is_session
from scanner_app.store.store import Store
from sync.protocol import ExchangeAnswer, SignedOn


class Present(Struct, frozen=True):
    """As it was when an exchange began: only locks from before it can be lifted by its answer.

    ``locked`` are operators, and sessions by the name that the device knows them by.
    """

    signed_on: SignedOn
    locked: tuple[str, ...]


def present(store: Store) -> Present:
    """Who is at work here, since when by the centre's clock as far as that is known."""
    who, offset = store.log.at_work(), store.identity.offset
    shift_us = offset.offset_us if offset and who.operator else 0
    return Present(SignedOn(who.operator, who.since_us + shift_us), store.failures.locked())


def told(locked: tuple[str, ...]) -> tuple[str, ...]:
    """The ``locked`` as the centre is told of them: of sessions it knows only that there are some, by an empty name."""
    return tuple(sorted({"" if is_session(whose) else whose for whose in locked}))


def keep_answer(store: Store, present: Present, answer: ExchangeAnswer) -> None:
    """Note where else the operator is signed on, and lift the locks of those whom the centre still knows."""
    others = (OtherDevice(other.operator, other.device, other.since_us, other.heard_us) for other in answer.elsewhere)
    store.identity.set_elsewhere(tuple(others))
    store.failures.lift(whose for whose in present.locked if set(told((whose,))) <= set(answer.known))
