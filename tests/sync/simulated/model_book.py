"""The book of the model centre: stock, ledger and registers in plain Python, and everything that a backup holds."""

from collections import Counter
from hashlib import sha256
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.events.event import Event, postings
from scanner_app.domain.ledger import Posting, StockKey
from sync.protocol import Answer, Back
from tests.sync.simulated.centre import Known, SaidWord


class DeviceRow(Struct, frozen=True):
    device: str
    epoch: int
    token: str
    watermark_us: int = 0
    is_revoked: bool = False


class _Row(NamedTuple):
    cause: str
    posting: Posting
    head: str


class Book(Struct):
    """Everything that a backup holds. ``is_plain``: versions are taken before the commit, a bug."""

    version: int = 0
    events: dict[str, tuple[Known, Answer]] = {}
    numbers: dict[tuple[str, int, int], str] = {}
    stock: dict[StockKey, tuple[int, int]] = {}
    ledger: list[_Row] = []
    devices: dict[str, DeviceRow] = {}
    facts: dict[str, Event] = {}
    """What is in the book; ``whole`` is all that was kept."""
    whole: dict[str, Event] = {}
    words: list[tuple[SaidWord, str]] = []
    """Each with its author."""
    settled: dict[str, int] = {}
    backs: list[Back] = []
    told: tuple[str, ...] = ()
    """The marks that it has given, a new one for each exchange."""
    is_plain: bool = False

    def copy(self) -> "Book":
        parts = (self.events.copy(), self.numbers.copy(), self.stock.copy(), self.ledger.copy())
        words = (self.words.copy(), self.settled.copy(), self.backs.copy())
        return Book(
            self.version,
            *parts,
            self.devices.copy(),
            self.facts.copy(),
            self.whole.copy(),
            *words,
            self.told,
            self.is_plain,
        )

    def post(self, event: Event, first: int) -> None:
        """Book an event, and what the annulments do that it completes: its own, or those that waited for it."""
        root = self._root(event)
        was_alive = root is None or root is event or self._is_alive(root.id)
        self.facts[event.id] = event
        if not event.fact.undoes:
            self._write(event.id, postings(event, event.fact), first)
        root = self._root(event)
        if root is None:
            return
        is_alive = self._is_alive(root.id)
        rows = postings(root, root.fact)
        signed = [replace(row, quantity=row.quantity * (is_alive - was_alive)) for row in rows]
        cause = event.id if root is not event else self._namer(event.id)
        self._write(cause, signed, first)

    def _root(self, event: Event) -> Event | None:
        """What an event is about, if that is in the book: itself, what it annuls, or what that annulled."""
        root: Event | None = event
        while root is not None and root.fact.undoes:
            root = self.facts.get(root.fact.undoes)
        return root

    def _namer(self, name: str) -> str:
        return next((one.id for one in self.facts.values() if _names(one, name)), "")

    def _is_alive(self, name: str) -> bool:
        """Nobody's last word on an event is that it never happened; all of them are said under one name."""
        facts = self.facts
        undos = [one for one in facts.values() if _names(one, name)]
        last = [(_said_us(one), 1, one.id) for one in undos]
        for undo in undos:
            backs = (one for one in facts.values() if _names(one, undo.id))
            last += [(max(_said_us(one), _said_us(undo)), 2, one.id) for one in backs]
        return not last or max(last)[1] == 2

    def _write(self, cause: str, rows: list[Posting], first: int) -> None:
        nets: dict[StockKey, int] = {}
        for posting in rows:
            nets[posting.key] = nets.get(posting.key, 0) + posting.quantity
            if posting.quantity:
                head = _linked(self.ledger[-1].head if self.ledger else "", cause, posting)
                self.ledger.append(_Row(cause, posting, head))
        late = first <= self.version
        for place, (key, quantity) in enumerate(nets.items()):
            version = first + place if late and self.is_plain else self.version + 1
            self.version = max(self.version, version)
            self.stock[key] = (self.stock.get(key, (0, 0))[0] + quantity, version)

    def findings(self) -> list[str]:
        sums: Counter[str] = Counter()
        held: Counter[StockKey] = Counter()
        head, found = "", []
        for row in self.ledger:
            sums[row.cause] += row.posting.quantity
            held[row.posting.key] += row.posting.quantity
            head = _linked(head, row.cause, row.posting)
            found += [] if head == row.head else [f"the chain breaks at {row.cause}"]
        found += [f"{cause} does not sum to zero" for cause, total in sums.items() if total]
        booked = {key: total for key, total in held.items() if total}
        stock = {key: quantity for key, (quantity, _) in self.stock.items() if quantity}
        return [*found, *([] if booked == stock else ["stock is not the sum of the ledger"])]


def _said_us(event: Event) -> int:
    return event.fact.last_us + event.offset_us


def _names(event: Event, name: str) -> bool:
    return event.fact.undoes == name


def _linked(head: str, cause: str, posting: Posting) -> str:
    return sha256(f"{head}{cause}{posting}".encode()).hexdigest()
