"""A model of the centre in plain Python, fast enough for thousands of seeds; bugs can be planted into it."""

from collections import Counter

import msgspec
from msgspec.structs import replace

from scanner_app.domain.catalog import Stock
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import tag_of
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.ledger import StockKey, is_on_device
from scanner_app.errors import RefusedError
from sync.protocol import (
    RENUMBERS_SINCE,
    Answer,
    Back,
    EnrolAnswer,
    ExchangeAnswer,
    ExchangeRequest,
    Outcome,
    VersionedRow,
)
from tests.sync.simulated.bugs import Bug
from tests.sync.simulated.centre import SITE, Known, SaidWord
from tests.sync.simulated.model_book import Book, DeviceRow
from tests.sync.simulated.word_model import made_of, ruled, why_not

_decode = msgspec.json.Decoder(Event).decode
_VERSIONS_PER_EVENT = 4
_BACKS_PER_PAGE = 3


class ModelCentre:
    def __init__(self, bugs: frozenset[Bug] = frozenset()) -> None:
        self._bugs = bugs
        self._book = Book(is_plain=Bug.PLAIN_CURSOR in bugs)
        self._backup = self._book.copy()
        self._lives = self._tokens = self._marks = 1
        self.store_epoch = "life 1"

    def enrol(self, name: str, known: str, now_us: int) -> EnrolAnswer:
        forgotten = known if all(one.device != known for one in self._book.devices.values()) else ""
        before = self._book.devices.get(name) or DeviceRow(forgotten or f"device {self._tokens}", 0, "")
        self._tokens += 1
        token = f"token {self._tokens}"
        epoch = self._next_epoch(before.epoch, now_us) if before.epoch or forgotten else 1
        self._book.devices[name] = replace(before, epoch=epoch, token=token, is_revoked=False)
        return EnrolAnswer(device=before.device, epoch=epoch, site=SITE, token=token, store_epoch=self.store_epoch)

    def revoke(self, device: str) -> None:
        for name, one in self._book.devices.items():
            if one.device == device:
                self._book.devices[name] = replace(one, is_revoked=True)

    def is_revoked(self, device: str) -> bool:
        return any(one.is_revoked for one in self._book.devices.values() if one.device == device)

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
        rows, cursor, more = self._page(request, is_revoked=device.is_revoked)
        backs, back_cursor = self._back_page(device, request)
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
            back=backs,
            back_cursor=back_cursor,
        )

    def _next_epoch(self, known: int, now_us: int) -> int:
        return known if Bug.FORGOTTEN_EPOCH in self._bugs else max(known + 1, now_us // 1_000)

    def _applied(self, device: DeviceRow, event: Event, first: int, can_renumber: bool) -> Answer:
        book = self._book
        if (known := self._same(event)) is not None:
            if Bug.WORD_COUNTS_TWICE in self._bugs and self._lives > 1 and known.outcome.is_booked:
                self._hear(event, first)
            return replace(known, id=event.id, duplicate=True)
        number = (event.device, event.epoch, event.sequence)
        is_out_of_order = event.epoch > device.epoch or number in book.numbers
        if can_renumber and event.device == device.device and is_out_of_order and not device.is_revoked:
            return Answer(id=event.id, outcome=Outcome.WAITING, reasons=("sequence_taken",))
        if device.is_revoked or event.device != device.device or event.epoch > device.epoch or number in book.numbers:
            answer = Answer(id=event.id, outcome=Outcome.QUARANTINED, reasons=("sequence_taken",))
        else:
            outcome = ruled(event)
            answer = Answer(id=event.id, outcome=outcome, version=first if outcome.is_booked else 0)
            book.numbers[number] = event.id
        book.whole[event.id] = event
        book.events[event.id] = (Known(*number, answer.outcome, tag_of(event.fact)), answer)
        if answer.outcome.is_booked:
            book.post(event, first)
            self._hear(event, first)
        return answer

    def _hear(self, event: Event, first: int) -> None:
        """Judge the words that an event says, each once, and do what they say."""
        for saying in event.fact.says:
            self._say(event, saying.word, saying.subject, first)

    def _say(self, event: Event, word: str, subject: Subject, first: int) -> None:
        book, name = self._book, subject.id
        number = len(book.words) + 1
        about, known = book.whole.get(name), book.events.get(name)
        said = [(one, by) for one, by in book.words if one.subject == name and not one.why]
        why, after = "unknown_subject", None
        before = known[0].outcome if known else None
        if about is not None and before is not None:
            why = why_not(event.operator, subject.seen, about.operator, said)
            valid, is_settled = [one for one, _ in said], bool(book.settled.get(name))
            after = made_of(word, before, ruled(about), valid, is_settled=is_settled)
            why = why or ("" if after else "not_waiting")
        book.words.append((SaidWord(number, event.id, name, word, why, before, None if why else after), event.operator))
        if why or after is None or before is None or about is None:
            self._come_back(event, Outcome.POSTED, event.operator, (why,), subjects=1)
            return
        is_open = word == "withdraw" or (word == "let_in" and not after.is_booked)
        book.settled[name] = 0 if is_open else number
        self._change(about, word, before, after, first, by=event.operator)

    def _change(self, about: Event, word: str, before: Outcome, after: Outcome, first: int, *, by: str) -> None:
        book, (known, answer) = self._book, self._book.events[about.id]
        version = (answer.version if before.is_booked else first) if after.is_booked else 0
        let_in = known.is_let_in or word == "let_in"
        let_in = let_in and after is not Outcome.QUARANTINED
        book.events[about.id] = (
            known._replace(outcome=after, is_let_in=let_in),
            replace(answer, outcome=after, version=version),
        )
        if before is after:
            return
        if Bug.UNTOLD_OUTCOME not in self._bugs or word != "release":
            self._come_back(about, after, by, (), version=version)
        if after.is_booked and not before.is_booked:
            book.post(about, first)
            self._hear(about, first)

    def _come_back(
        self, event: Event, outcome: Outcome, by: str, reasons: tuple[str, ...], *, version: int = 0, subjects: int = 0
    ) -> None:
        back = Back(
            number=len(self._book.backs) + 1, event=event.id, operator=event.operator, device=event.device,
            outcome=outcome, reasons=reasons, by=by, when_us=1, version=version, subjects=subjects,
        )  # fmt: skip
        self._book.backs.append(back)

    def _back_page(self, device: DeviceRow, request: ExchangeRequest) -> tuple[tuple[Back, ...], int]:
        """A few of what came back to a device, or to whoever is signed on there."""
        after = request.back if request.store_epoch == self.store_epoch else min(request.back, 0)
        if after < 0 or device.is_revoked:
            return (), 0
        people = {one.operator for one in request.signed_on_all or ()}
        mine = [one for one in self._book.backs[after:] if one.device == device.device or one.operator in people]
        page = tuple(mine[:_BACKS_PER_PAGE])
        return page, page[-1].number if len(mine) > len(page) else len(self._book.backs)

    def _same(self, event: Event) -> Answer | None:
        book = self._book
        if Bug.DEDUPE_BY_SEQUENCE in self._bugs:
            whole = ((known, answer) for known, answer in book.events.values() if known.device == event.device)
            return next((answer for known, answer in whole if known.sequence == event.sequence), None)
        found = book.events.get(event.id)
        return found[1] if found else None

    def _page(self, request: ExchangeRequest, *, is_revoked: bool) -> tuple[tuple[VersionedRow, ...], int, bool]:
        cursor = request.cursor if request.store_epoch == self.store_epoch else 0
        if request.rows_max <= 0 or is_revoked:
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

    def words(self) -> list[SaidWord]:
        return [one for one, _ in self._book.words]

    def backs(self) -> list[Back]:
        return self._book.backs

    def watermark_us(self, device: str) -> int:
        return next((one.watermark_us for one in self._book.devices.values() if one.device == device), 0)

    def findings(self) -> list[str]:
        return self._book.findings()
