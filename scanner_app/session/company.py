"""Company: the operator is signed in elsewhere, at other devices. Said once for each, shown all the time."""

from scanner_app.store.identity import Identity, OtherDevice
from scanner_app.store.log import AtWork
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift import phrases as shift_phrases


class Company:
    """Knows what was said already; after a restart it is said again."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._said: frozenset[OtherDevice] = frozenset()
        self._read: frozenset[OtherDevice] = frozenset()

    def devices(self, who: AtWork) -> str:
        """Their names, for the status."""
        return ", ".join(other.device for other in self._others(who))

    def news(self, who: AtWork) -> tuple[Said, ...]:
        """A sentence for each that the operator has not read yet."""
        unread = tuple(other for other in self._others(who) if other not in self._read)
        self._said = frozenset(unread)
        return tuple(Said(shift_phrases.ELSEWHERE.key, "attention", {"device": other.device}) for other in unread)

    def was_read(self) -> None:
        """The operator has entered something since: what was on the screen has been seen."""
        self._read |= self._said

    def _others(self, who: AtWork) -> tuple[OtherDevice, ...]:
        return tuple(other for other in self._identity.elsewhere if who.operator and other.operator == who.operator)
