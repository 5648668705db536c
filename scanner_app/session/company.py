"""Company: the operator is signed in elsewhere, at other devices. Said once for each, shown until it is old news."""

from collections.abc import Callable

from scanner_app.domain.clock import Stamp
from scanner_app.store.identity import Identity, OtherDevice
from scanner_app.store.log import AtWork
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.shift import phrases as shift_phrases


class Company:
    """Knows what was said already; after a restart it is said again."""

    def __init__(self, identity: Identity, stamp: Callable[[], Stamp]) -> None:
        self._identity = identity
        self._stamp = stamp
        self._said: frozenset[tuple[str, int]] = frozenset()
        self._read: frozenset[tuple[str, int]] = frozenset()

    def devices(self, who: AtWork) -> str:
        """Their names, for the status."""
        return ", ".join(other.device for other in self.others(who))

    def news(self, who: AtWork) -> tuple[Said, ...]:
        """A sentence for each that the operator has not read yet."""
        unread = tuple(other for other in self.others(who) if (other.device, other.since_us) not in self._read)
        self._said = frozenset((other.device, other.since_us) for other in unread)
        return tuple(Said(shift_phrases.ELSEWHERE.key, "attention", {"device": other.device}) for other in unread)

    def was_read(self) -> None:
        """The operator has entered something since: what was on the screen has been seen."""
        self._read |= self._said

    def others(self, who: AtWork) -> tuple[OtherDevice, ...]:
        """Those that were heard of in this shift; the centre is not asked, it may be out of reach since."""
        told = [other for other in self._identity.elsewhere if who.operator and other.operator == who.operator]
        return tuple(other for other in told if other.is_heard(self._now_us())) if told else ()

    def heard_us(self, other: OtherDevice) -> int:
        """When one was last heard of, by the device's wall clock; 0 when that is not known."""
        return other.heard_us - self._ahead_us() if other.heard_us else 0

    def _now_us(self) -> int:
        return self._stamp().wall_us + self._ahead_us()

    def _ahead_us(self) -> int:
        """How far the centre's clock is ahead, as far as that is known."""
        offset = self._identity.offset
        return offset.offset_us if offset else 0
