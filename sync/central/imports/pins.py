"""PINs of an import: one is set where there is none, or where the import is told to; what is kept is its hash."""

from msgspec.structs import replace

from scanner_app.domain.people import Operator
from sync.central.imports.cell_readers import PIN_MARK
from sync.central.imports.plan import Plan

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
_KEPT = "operator {} has another PIN than this and keeps it; --set-pins sets the one of the table"


def keep_pins(plan: Plan) -> None:
    """Leave the PINs that operators have: yesterday's table does not know that they were changed."""
    stored, lines = plan.stored[Operator], plan.lines[Operator]
    for key, line in lines.items():
        before = stored.get(key)
        if before is None or line.value.verifier == before.verifier:
            continue
        if not _is_same(line.value.verifier, before.verifier):
            sheet = plan.sheets[Operator]
            plan.note(sheet.name, line.row, "pin", _KEPT.format(key[0]))
        value = replace(line.value, verifier=before.verifier)
        lines[key] = line._replace(value=before if value == before else value)


def seal_pins(plan: Plan) -> None:
    """Put a hash in place of each PIN; one that the stored hash already answers to is left as it is."""
    stored, lines = plan.stored[Operator], plan.lines[Operator]
    for key, line in lines.items():
        if line.value.verifier.startswith(PIN_MARK):
            before = stored.get(key)
            kept = before.verifier if before and _is_same(line.value.verifier, before.verifier) else ""
            verifier = kept or _hashed(line.value.verifier.removeprefix(PIN_MARK))
            lines[key] = line._replace(value=replace(line.value, verifier=verifier))


def _hashed(pin: str) -> str:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES).hash(pin)


def _is_same(told: str, verifier: str) -> bool:
    """Say whether what a table tells, a PIN or its hash, is what is kept."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    if not told.startswith(PIN_MARK):
        return told == verifier
    try:
        return PasswordHasher().verify(verifier, told.removeprefix(PIN_MARK))
    except (Argon2Error, InvalidHashError):
        return False
