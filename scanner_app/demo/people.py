"""Operators of the demo warehouse, with the PINs that only a demo may know."""

from hashlib import sha256
from random import Random

from msgspec import Struct

from scanner_app.domain.people import PIN_DIGITS, Operator, Role
from scanner_app.domain.pin import is_simple


class DemoOperator(Struct, frozen=True):
    """An operator whose PIN is known; ``Operator`` itself only ever holds its hash."""

    operator: str
    name: str
    badge: str
    pin: str
    roles: tuple[Role, ...]
    language: str = "en"


_CREW = (
    ("1001", "Worker 1001", (Role.WORKER,), "en"),
    ("1002", "Worker 1002", (Role.WORKER,), "en"),
    ("1003", "Worker 1003", (Role.WORKER,), "de"),
    ("1004", "Worker 1004", (Role.WORKER, Role.COUNTER), "en"),
    ("1101", "Counter 1101", (Role.COUNTER,), "en"),
    ("1102", "Counter 1102", (Role.COUNTER,), "de"),
    ("1201", "Supervisor 1201", (Role.SUPERVISOR,), "en"),
    ("1202", "Supervisor 1202", (Role.SUPERVISOR,), "de"),
)


def make_operators(seed: int) -> tuple[DemoOperator, ...]:
    """Make the crew; everybody's badge is ``B-`` and the number."""
    chance = Random(f"people:{seed}")
    return tuple(
        DemoOperator(number, name, f"B-{number}", _pin(chance, number), roles, language)
        for number, name, roles, language in _CREW
    )


def _pin(chance: Random, number: str) -> str:
    """Draw a PIN whose digits are all different, until it is none that the import refuses."""
    while True:
        pin = "".join(chance.sample("0123456789", PIN_DIGITS))
        if not is_simple(pin, number):
            return pin


def signed(person: DemoOperator, seed: int) -> Operator:
    """Return the operator as devices know them: argon2id, 19 MiB, two passes; the salt follows the seed.

    A salt that can be known beforehand is acceptable only because these PINs are printed anyway.
    """
    from argon2 import PasswordHasher

    salt = sha256(f"{seed}:{person.operator}".encode()).digest()[:16]
    verifier = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(person.pin, salt=salt)
    return Operator(person.operator, person.name, person.badge, verifier, person.roles, person.language)
