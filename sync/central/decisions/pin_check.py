"""PINs at the centre: one is held against its verifier; making and checking costs time and belongs on no event loop."""

from scanner_app.domain.pin import is_verifier

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""What a verifier costs that the centre makes."""


def is_pin_of(verifier: str, pin: str) -> bool:
    """Say whether it is the PIN of a verifier; one that costs too much fits none."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    if not is_verifier(verifier):
        return False
    try:
        return PasswordHasher().verify(verifier, pin.encode("utf-8", "replace"))
    except (Argon2Error, InvalidHashError):
        return False


def verifier_of(pin: str) -> str:
    """Make the verifier of a PIN."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES).hash(pin)
