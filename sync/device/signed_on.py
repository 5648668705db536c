"""Presence, as an exchange tells it: who is signed on here and whose sign-in is locked, and what the centre answers."""

from msgspec import Struct

from scanner_app.store.identity import OtherDevice
from scanner_app.store.sign_in_failures import is_session
from scanner_app.store.store import Store
from sync.device.came_back import keep_back
from sync.protocol import SIGNED_ON_MAX, ExchangeAnswer, SignedOn


class Present(Struct, frozen=True):
    """As it was when an exchange began: only locks from before it can be lifted by its answer.

    ``locked`` are operators, and sessions by the name that the device knows them by. ``everybody`` is signed on, for
    whom what came back is known up to ``back``; of it they have read what ``told`` names.
    """

    signed_on: SignedOn
    locked: tuple[str, ...]
    everybody: tuple[SignedOn, ...] = ()
    back: int = -1
    told: tuple[int, ...] = ()


def present(store: Store) -> Present:
    """Who is at work here, since when by the centre's clock as far as that is known."""
    offset = store.identity.offset
    shift_us = offset.offset_us if offset else 0
    people = tuple(SignedOn(who.operator, who.since_us + shift_us) for who in store.log.everybody()[:SIGNED_ON_MAX])
    back = store.came_back.cursor([who.operator for who in people])
    newest = people[0] if people else SignedOn()
    return Present(newest, store.failures.locked(), people, back, store.came_back.told())


def told(locked: tuple[str, ...]) -> tuple[str, ...]:
    """The ``locked`` as the centre is told of them: of sessions it knows only that there are some, by an empty name."""
    return tuple(sorted({"" if is_session(whose) else whose for whose in locked}))


def keep_answer(store: Store, present: Present, answer: ExchangeAnswer) -> None:
    """Note where else people are signed on and what came back, and lift the locks of those whom the centre knows."""
    if answer.back_cursor or answer.back or present.told:
        keep_back(store, present, answer)
    others = (OtherDevice(other.operator, other.device, other.since_us, other.heard_us) for other in answer.elsewhere)
    store.identity.set_elsewhere(tuple(others))
    store.failures.lift(whose for whose in present.locked if set(told((whose,))) <= set(answer.known))
