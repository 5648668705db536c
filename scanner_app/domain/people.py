"""Operators, their roles, and the rights of a role: who may do what."""

from enum import StrEnum
from functools import cache

from msgspec import Struct

PIN_DIGITS = 6
SHIFT_US = 12 * 3600 * 1_000_000
"""A device not heard of for so long is one that died, or that somebody forgot to sign out of."""


CENTRE = "centre"
"""Device and operator of the events that the centre makes itself."""


def is_reserved(operator: str) -> bool:
    """Say whether a name is the program's own, or none: no person has it, and it has no authority.

    >>> [is_reserved(name) for name in ("", "centre", "@adjustment", "1001")]
    [True, True, True, False]
    """
    return not operator or operator == CENTRE or operator.startswith("@")


def is_pin(text: str) -> bool:
    """Say whether a text is as long as a PIN and made of the same digits."""
    return len(text) == PIN_DIGITS and text.isascii() and text.isdigit()


class Role(StrEnum):
    WORKER = "worker"
    COUNTER = "counter"
    SUPERVISOR = "supervisor"


class Right(StrEnum):
    """One thing that an operator may be allowed to do."""

    MOVE = "move"
    """Move stock and plates, and take back what one did oneself."""
    INQUIRE = "inquire"
    """Look up what is where."""
    COUNT = "count"
    """Count stock, and see that a plate is where it is."""
    ADJUST = "adjust"
    """Say that there is more or less of something than the book has."""
    HOLD = "hold"
    """Take stock out of use and back into it."""
    DECIDE = "decide"
    """Decide about what others did: annul it, release what is held, let in what is quarantined."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.WORKER: frozenset({Right.MOVE, Right.INQUIRE, Right.COUNT, Right.ADJUST}),
    Role.COUNTER: frozenset({Right.INQUIRE, Right.COUNT}),
    Role.SUPERVISOR: frozenset(Right),
}


_MAY_BE_TAKEN = ((Role.WORKER, Right.COUNT), (Role.WORKER, Right.ADJUST))
TAKEN_AWAY = {f"{role.value}:{right.value}": (role, right) for role, right in _MAY_BE_TAKEN}
"""The rights that a site may take away from a role, each by the word for it."""


@cache
def rights_of(roles: tuple[Role, ...], taken_away: tuple[str, ...] = ()) -> frozenset[Right]:
    """What some roles grant together at a site that has ``taken_away`` rights; words that are not known take none."""
    gone = {TAKEN_AWAY.get(word) for word in taken_away}
    return frozenset(right for role in roles for right in RIGHTS[role] if (role, right) not in gone)


def may(roles: tuple[Role, ...], right: Right, taken_away: tuple[str, ...] = ()) -> bool:
    """Say whether one of ``roles`` grants ``right``, at a site that has ``taken_away`` some.

    >>> may((Role.WORKER,), Right.COUNT), may((Role.WORKER,), Right.COUNT, ("worker:count",))
    (True, False)
    """
    return right in rights_of(roles, taken_away)


def may_annul(who: str, author: str, *, may_decide: bool) -> bool:
    """Say whether a person may annul an event of ``author``: everybody their own, another's who may decide.

    >>> may_annul("7", "7", may_decide=False), may_annul("7", "8", may_decide=False)
    (True, False)
    """
    return may_decide or who == author


class Operator(Struct, frozen=True, array_like=True, tag="operator"):
    """Somebody who signs in with ``badge`` and a PIN; ``verifier`` is an argon2id hash, never the PIN.

    ``person`` is who it is: two operators of one person share it, and where it is empty the operator itself is one.
    """

    operator: str
    name: str
    badge: str
    verifier: str
    roles: tuple[Role, ...] = (Role.WORKER,)
    language: str = "en"
    active: bool = True
    person: str = ""

    @property
    def who(self) -> str:
        """The person that the operator is."""
        return self.person or self.operator

    def may(self, right: Right) -> bool:
        """Say whether one of the operator's roles grants ``right``."""
        return may(self.roles, right)
