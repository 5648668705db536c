"""Company: the operator is signed in elsewhere, at other devices. Said once for each, shown all the time."""

from scanner_app.store.identity import Elsewhere, Identity
from scanner_app.store.log import SignedOn
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift import phrases as shift_phrases


class Company:
    """Knows what was said already; after a restart it is said again."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._said: frozenset[Elsewhere] = frozenset()
        self._read: frozenset[Elsewhere] = frozenset()

    def devices(self, who: SignedOn) -> str:
        """Their names, for the status."""
        return ", ".join(other.device for other in self._others(who))

    def news(self, who: SignedOn) -> tuple[Said, ...]:
        """A sentence for each that the operator has not read yet."""
        unread = tuple(other for other in self._others(who) if other not in self._read)
        self._said = frozenset(unread)
        return tuple(Said(shift_phrases.ELSEWHERE.key, "attention", {"device": other.device}) for other in unread)

    def was_read(self) -> None:
        """The operator has entered something since: what was on the screen has been seen."""
        self._read |= self._said

    def _others(self, who: SignedOn) -> tuple[Elsewhere, ...]:
        return tuple(other for other in self._identity.elsewhere if who.operator and other.operator == who.operator)
