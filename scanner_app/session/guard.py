"""Secrets: verified here, kept nowhere."""

from msgspec import Struct

from scanner_app.domain.barcode import Reading
from scanner_app.domain.entry import Entry
from scanner_app.domain.people import PIN_DIGITS, Right
from scanner_app.session.context import Tools
from scanner_app.store.catalog import Catalog
from scanner_app.workflows.ask import AskPin, Question
from scanner_app.workflows.facts import Facts


class Guard(Struct, frozen=True):
    """Knows who may do what, and whether a PIN is right."""

    catalog: Catalog
    tools: Tools

    def facts(self, question: AskPin, reading: Reading) -> Facts:
        """Verify a PIN; anything that is not six digits is wrong without costing a verification."""
        operator = self.catalog.operator(question.operator)
        secret = reading.text
        if operator is None or len(secret) != PIN_DIGITS or not secret.isdigit():
            return Facts(verified=False)
        return Facts(verified=self.tools.verify(operator.verifier, secret.encode()))

    def may(self, operator: str, right: Right | None) -> bool:
        if right is None:
            return True
        known = self.catalog.operator(operator)
        return known is not None and known.may(right)


def may_keep(question: Question | None, entry: Entry) -> bool:
    """Say whether an entry at sign-in may be kept as captured: no answer to a secret question, no line of digits."""
    return not isinstance(question, AskPin) and not entry.raw.strip().isdigit()


def argon2_verify(verifier: str, secret: bytes) -> bool:
    """Check a PIN against its argon2id verifier (about 25 ms at 19 MiB)."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(verifier, secret)
    except (VerificationError, InvalidHashError):
        return False
