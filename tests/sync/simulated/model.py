"""A model of the centre in plain Python, fast enough for thousands of seeds; bugs can be planted into it."""

from collections import Counter
from hashlib import sha256
from typing import NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.catalog import Stock
from scanner_app.domain.events.event import Event, postings
from scanner_app.domain.events.fact import tag_of
from scanner_app.domain.ledger import Posting, StockKey, is_on_device
from scanner_app.errors import RefusedError
from sync.protocol import RENUMBERS_SINCE, Answer, EnrolAnswer, ExchangeAnswer, ExchangeRequest, Outcome, VersionedRow
from tests.sync.simulated.bugs import Bug
from tests.sync.simulated.centre import SITE, Known

_decode = msgspec.json.Decoder(Event).decode
_VERSIONS_PER_EVENT = 4


class _Device(Struct, frozen=True):
    device: str
    epoch: int
    token: str
    watermark_us: int = 0


class _Row(NamedTuple):
    cause: str
    posting: Posting
    head: str


class _Book(Struct):
    """Everything that a backup holds."""

    version: int = 0
    events: dict[str, tuple[Known, Answer]] = {}
    numbers: dict[tuple[str, int, int], str] = {}
    stock: dict[StockKey, tuple[int, int]] = {}
    ledger: list[_Row] = []
    devices: dict[str, _Device] = {}
    facts: dict[str, Event] = {}
    told: tuple[str, ...] = ()
    """The marks that it has given, a new one for each exchange."""

    def copy(self) -> "_Book":
        parts = (self.events.copy(), self.numbers.copy(), self.stock.copy(), self.ledger.copy())
        return _Book(self.version, *parts, self.devices.copy(), self.facts.copy(), self.told)


class ModelCentre:
    def __init__(self, bugs: frozenset[Bug] = frozenset()) -> None:
        self._bugs = bugs
        self._book = _Book()
        self._backup = self._book.copy()
        self._lives = self._tokens = self._marks = 1
        self.store_epoch = "life 1"

    def enrol(self, name: str, known: str, now_us: int) -> EnrolAnswer:
        forgotten = known if all(one.device != known for one in self._book.devices.values()) else ""
        before = self._book.devices.get(name) or _Device(forgotten or f"device {self._tokens}", 0, "")
        self._tokens += 1
        token = f"token {self._tokens}"
        epoch = self._next_epoch(before.epoch, now_us) if before.epoch or forgotten else 1
        self._book.devices[name] = replace(before, epoch=epoch, token=token)
        return EnrolAnswer(device=before.device, epoch=epoch, site=SITE, token=token, store_epoch=self.store_epoch)

    def reserve(self, token: str, request: ExchangeRequest) -> int:
        if Bug.PLAIN_CURSOR not in self._bugs or not request.events:
            return 0
        first = self._book.version + 1
        self._book.version += _VERSIONS_PER_EVENT * len(request.events)
        return first

    def exchange(self, token: str, request: ExchangeRequest, now_us: int, reserved: int = 0) -> ExchangeAnswer:
        name = next((name for name, one in self._book.devices.items() if one.token == token), None)
        if name is None:
            raise RefusedError("unknown token")
        device = self._book.devices[name]
        self._notice(request)
        if request.store_epoch != self.store_epoch:
            device = replace(device, epoch=max(device.epoch, request.epoch))
        first = reserved or self._book.version + 1
        can_renumber = request.protocol >= RENUMBERS_SINCE
        answers = tuple(self._applied(device, _decode(raw), first, can_renumber) for raw in request.events)
        is_told = not any(answer.wants_another_number for answer in answers)
        if request.store_epoch == self.store_epoch and is_told:
            device = replace(device, watermark_us=request.watermark_us)
        if request.renew:
            device = replace(device, epoch=self._next_epoch(max(device.epoch, request.epoch), now_us))
        self._book.devices[name] = device
        rows, cursor, more = self._page(request)
        return ExchangeAnswer(
            store_epoch=self.store_epoch,
            mark=self._mark(),
            answers=answers,
            rows=rows,
            cursor=cursor,
            more=more,
            received_us=now_us,
            answered_us=now_us,
            epoch=device.epoch if request.renew else 0,
        )

    def _next_epoch(self, known: int, now_us: int) -> int:
        return known if Bug.FORGOTTEN_EPOCH in self._bugs else max(known + 1, now_us // 1_000)

    def _applied(self, device: _Device, event: Event, first: int, can_renumber: bool) -> Answer:
        book = self._book
        if (known := self._same(event)) is not None:
            return replace(known, id=event.id, duplicate=True)
        number = (event.device, event.epoch, event.sequence)
        is_out_of_order = event.epoch > device.epoch or number in book.numbers
        if can_renumber and event.device == device.device and is_out_of_order:
            return Answer(id=event.id, outcome=Outcome.WAITING, reasons=("sequence_taken",))
        if event.device != device.device or event.epoch > device.epoch or number in book.numbers:
            answer = Answer(id=event.id, outcome=Outcome.QUARANTINED, reasons=("sequence_taken",))
        else:
            answer = Answer(id=event.id, outcome=Outcome.POSTED, version=first)
            book.numbers[number] = event.id
            self._post(event, first)
        book.events[event.id] = (Known(*number, answer.outcome, tag_of(event.fact)), answer)
        return answer

    def _same(self, event: Event) -> Answer | None:
        book = self._book
        if Bug.DEDUPE_BY_SEQUENCE in self._bugs:
            whole = ((known, answer) for known, answer in book.events.values() if known.device == event.device)
            return next((answer for known, answer in whole if known.sequence == event.sequence), None)
        found = book.events.get(event.id)
        return found[1] if found else None

    def _post(self, event: Event, first: int) -> None:
        """Book an event, and what the annulments do that it completes: its own, or those that waited for it."""
        book = self._book
        root = self._root(event)
        was_alive = root is None or root is event or self._is_alive(root.id)
        book.facts[event.id] = event
        if not event.fact.undoes:
            self._book_rows(event.id, postings(event, event.fact), first)
        root = self._root(event)
        if root is None:
            return
        is_alive = self._is_alive(root.id)
        rows = postings(root, root.fact)
        signed = [replace(row, quantity=row.quantity * (is_alive - was_alive)) for row in rows]
        cause = event.id if root is not event else self._namer(event.id)
        self._book_rows(cause, signed, first)

    def _root(self, event: Event) -> Event | None:
        """What an event is about, if that is in the book: itself, what it annuls, or what that annulled."""
        root: Event | None = event
        while root is not None and root.fact.undoes:
            root = self._book.facts.get(root.fact.undoes)
        return root

    def _namer(self, name: str) -> str:
        return next((one.id for one in self._book.facts.values() if _names(one, name)), "")

    def _is_alive(self, name: str) -> bool:
        """Nobody's last word on an event is that it never happened; all of them are said under one name."""
        facts = self._book.facts
        undos = [one for one in facts.values() if _names(one, name)]
        last = [(_said_us(one), 1, one.id) for one in undos]
        for undo in undos:
            backs = (one for one in facts.values() if _names(one, undo.id))
            last += [(max(_said_us(one), _said_us(undo)), 2, one.id) for one in backs]
        return not last or max(last)[1] == 2

    def _book_rows(self, cause: str, rows: list[Posting], first: int) -> None:
        book = self._book
        nets: dict[StockKey, int] = {}
        for posting in rows:
            nets[posting.key] = nets.get(posting.key, 0) + posting.quantity
            if posting.quantity:
                head = _linked(book.ledger[-1].head if book.ledger else "", cause, posting)
                book.ledger.append(_Row(cause, posting, head))
        late = first <= book.version
        for place, (key, quantity) in enumerate(nets.items()):
            version = first + place if late and Bug.PLAIN_CURSOR in self._bugs else book.version + 1
            book.version = max(book.version, version)
            book.stock[key] = (book.stock.get(key, (0, 0))[0] + quantity, version)

    def _page(self, request: ExchangeRequest) -> tuple[tuple[VersionedRow, ...], int, bool]:
        cursor = request.cursor if request.store_epoch == self.store_epoch else 0
        if request.rows_max <= 0:
            return (), cursor, False
        found = sorted(
            (version, key, quantity)
            for key, (quantity, version) in self._book.stock.items()
            if version > cursor and is_on_device(key.place)
        )
        page = found[: request.rows_max]
        more = len(found) > len(page)
        rows = tuple(
            VersionedRow(version, Stock(k.place, k.item, k.lot, k.serial, k.owner, k.status, quantity))
            for version, k, quantity in page
        )
        return rows, page[-1][0] if more else self._book.version, more

    def backup(self) -> None:
        self._backup = self._book.copy()

    def _mark(self) -> str:
        self._marks += 1
        self._book.told = (*self._book.told, f"mark {self._marks}")
        return self._book.told[-1]

    def _notice(self, request: ExchangeRequest) -> None:
        """A mark that this book has not given is one of a life that was lost."""
        is_lost = bool(request.mark) and request.mark not in self._book.told
        if is_lost and request.store_epoch == self.store_epoch and Bug.UNNOTICED_RESTORE not in self._bugs:
            self._begin_life()

    def restore(self, *, is_told: bool) -> None:
        self._book = self._backup.copy()
        if is_told:
            self._begin_life()

    def _begin_life(self) -> None:
        self._lives += 1
        if Bug.FORGOTTEN_STORE_EPOCH not in self._bugs:
            self.store_epoch = f"life {self._lives}"

    def version(self) -> int:
        return self._book.version

    def events(self) -> dict[str, Known]:
        return {name: known for name, (known, _) in self._book.events.items()}

    def causes(self) -> Counter[str]:
        return Counter(row.cause for row in self._book.ledger)

    def stock(self) -> dict[StockKey, int]:
        rows = self._book.stock.items()
        return {key: quantity for key, (quantity, _) in rows if quantity and is_on_device(key.place)}

    def watermark_us(self, device: str) -> int:
        return next((one.watermark_us for one in self._book.devices.values() if one.device == device), 0)

    def findings(self) -> list[str]:
        sums: Counter[str] = Counter()
        held: Counter[StockKey] = Counter()
        head, found = "", []
        for row in self._book.ledger:
            sums[row.cause] += row.posting.quantity
            held[row.posting.key] += row.posting.quantity
            head = _linked(head, row.cause, row.posting)
            found += [] if head == row.head else [f"the chain breaks at {row.cause}"]
        found += [f"{cause} does not sum to zero" for cause, total in sums.items() if total]
        booked = {key: total for key, total in held.items() if total}
        stock = {key: quantity for key, (quantity, _) in self._book.stock.items() if quantity}
        return [*found, *([] if booked == stock else ["stock is not the sum of the ledger"])]


def _said_us(event: Event) -> int:
    return event.fact.last_us + event.offset_us


def _names(event: Event, name: str) -> bool:
    return event.fact.undoes == name


def _linked(head: str, cause: str, posting: Posting) -> str:
    return sha256(f"{head}{cause}{posting}".encode()).hexdigest()
