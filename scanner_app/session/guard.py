"""The guard of sign-in: a badge or a PIN, wrong ones counted: they cost time (lockout). A PIN is kept nowhere."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Reading
from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.domain.clock import Stamp
from scanner_app.domain.lockout import failed, in_this_boot, is_locked, wait_s
from scanner_app.domain.people import Right, is_pin
from scanner_app.domain.pin import is_simple, is_verifier
from scanner_app.session.context import Tools
from scanner_app.store.lookups.catalog import Catalog
from scanner_app.store.sign_in_failures import SignInFailures, threshold_of
from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.questions.bar import Bar
from scanner_app.workflows.questions.facts import Facts, Wanted
from scanner_app.workflows.questions.question import Question


class Guard(Struct, frozen=True):
    """Knows whose a badge is, whether a PIN is right, and for how long none is looked at.

    ``here`` is the name under which the wrong PINs of everybody at this session are counted.
    """

    catalog: Catalog
    failures: SignInFailures
    tools: Tools
    here: str

    def attempt(self, wanted: Wanted, reading: Reading, now: Stamp) -> Facts:
        """Try a badge or a PIN where somebody is to say who they are: what the reading means, and a wrong PIN counted.

        The count is kept in the transaction of its entry.
        """
        if wanted.new_pin_of is not None:
            return self._new(wanted.new_pin_of, reading.text)
        if wanted.pin_like:
            return Facts(verified=is_pin(reading.text) and self.tools.verify(wanted.pin_like, reading.text.encode()))
        facts = self.catalog.identify(reading.codes, people=True) if wanted.badges else Facts()
        if wanted.pin_of is not None and not facts.people:
            return self._verified(wanted.pin_of, reading.text, now)
        whose = facts.people[0].operator if len(facts.people) == 1 else self.here
        return replace(facts, bar=self.bar(whose, now))

    def _new(self, operator: str, secret: str) -> Facts:
        """Make the verifier of six digits, unless others would try them first."""
        known = self.catalog.operator(operator)
        if not is_pin(secret) or is_simple(secret, operator, known.badge if known else ""):
            return Facts(is_simple=is_pin(secret))
        return Facts(verifier=self.tools.hash(secret.encode()))

    def bar(self, operator: str, now: Stamp) -> Bar | None:
        """What keeps an operator from signing in, or everybody at this session."""
        kept = [(self.failures.of(whose), threshold_of(whose)) for whose in dict.fromkeys((operator, self.here))]
        if any(is_locked(failures, threshold) for failures, threshold in kept):
            return Bar(is_locked=True)
        longest_s = max(wait_s(failures, threshold, now) for failures, threshold in kept)
        return Bar(longest_s, until_us=now.wall_us + longest_s * 1_000_000) if longest_s else None

    def _verified(self, operator: str, secret: str, now: Stamp) -> Facts:
        """Verify six digits, unless a lock or a wait is on: then nobody is told whether they were right."""
        if not is_pin(secret):
            return Facts()
        if (bar := self.bar(operator, now)) is not None:
            self._tell_time_anew(operator, now)
            return Facts(bar=bar)
        known = self.catalog.operator(operator)
        if known is not None and self.tools.verify(known.verifier, secret.encode()):
            self.failures.forget(operator, self.here)
            return Facts(verified=True)
        for whose in (operator, self.here):
            self.failures.keep(whose, failed(self.failures.of(whose), now))
        return Facts(bar=self.bar(operator, now))

    def _tell_time_anew(self, operator: str, now: Stamp) -> None:
        for whose in (operator, self.here):
            failures = self.failures.of(whose)
            if failures is not None and failures.at.boot != now.boot:
                self.failures.keep(whose, in_this_boot(failures, now))


def may_keep(question: Question | None, entry: Entry) -> bool:
    """Say whether an entry at sign-in may be kept as captured: no answer to a secret question, no line of digits."""
    if entry.source is Source.CENTRE:
        return True
    return not (question and question.is_secret) and not entry.raw.strip().isdigit()


def is_for_hands(scripts: Iterable[Script], question: Question | None) -> bool:
    """Say whether what is entered next signs in, unlocks or decides: then it has to come from somebody who is here.

    What comes by the network, from whoever has the address, does none of these.
    """
    if any(script.secret or script.right is Right.DECIDE for script in scripts):
        return True
    return question is not None and (question.is_secret or question.wanted.is_of_people)


def argon2_verify(verifier: str, secret: bytes) -> bool:
    """Check a PIN against its argon2id verifier (about 25 ms at 19 MiB); one that costs too much fits no PIN."""
    if not is_verifier(verifier):
        return False
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(verifier, secret)
    except (VerificationError, InvalidHashError):
        return False


def argon2_hash(secret: bytes) -> str:
    """Make the argon2id verifier of a new PIN, which every device can afford to check."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(secret)
