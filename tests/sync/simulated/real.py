"""The real applying and feed code of the centre over a database in memory, called without HTTP."""

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from scanner_app.domain.ledger import StockKey, is_on_device
from scanner_app.domain.people import CENTRE
from scanner_app.errors import RefusedError
from sync.central.audit.verification import verify
from sync.central.book.counters import site_version
from sync.central.book.lives import begin_beats, begin_lives, store_epoch_of
from sync.central.database.store import CentralStore, init_store
from sync.central.database.tables import KEY_NAMES, came_back, events, ledger, stock, words
from sync.central.database.tables import devices as devices_table
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Push, pull, push, renew, wanted_rows
from sync.central.exchange.told_of_people import people, people_after
from sync.central.imports.run import import_folder
from sync.central.sites import devices, enrolling
from sync.protocol import Back, EnrolAnswer, ExchangeAnswer, ExchangeRequest, Outcome
from tests.central.warehouse import NOW_US, SHEETS, VERIFIER, write_sheets
from tests.sync.simulated.centre import SITE, Known, SaidWord

_URL = "sqlite://"
_FREE: list[CentralStore] = []
"""Of centres that were closed: the next one loads what it holds into such a store, and need not make one."""


class RealCentre:
    def __init__(self) -> None:
        self._store = _FREE.pop() if _FREE else init_store(_URL)
        self._load(_template())
        self._backup = _template()

    @property
    def store_epoch(self) -> str:
        with self._store.reading() as connection:
            return store_epoch_of(connection, SITE)

    def close(self) -> None:
        _FREE.append(self._store)

    def enrol(self, name: str, known: str, now_us: int) -> EnrolAnswer:
        with self._store.writing() as connection:
            again = enrolling.device_named(connection, SITE, name)
            code = enrolling.invited(connection, SITE, now_us, device=again)
            enrolled = enrolling.enrolled(
                connection, enrolling.EnrolmentAsked(code=code, name=name, known=known), now_us
            )
        assert isinstance(enrolled, enrolling.Enrolled)
        return EnrolAnswer(
            device=enrolled.device,
            epoch=enrolled.epoch,
            site=enrolled.site,
            token=enrolled.token,
            store_epoch=self.store_epoch,
        )

    def revoke(self, device: str) -> None:
        with self._store.writing() as connection:
            devices.revoke(connection, SITE, device)

    def is_revoked(self, device: str) -> bool:
        with self._store.reading() as connection:
            return bool(devices.is_revoked(connection, SITE, device))

    def reserve(self, token: str, request: ExchangeRequest) -> int:
        """The lock of the site makes the others wait: a transaction that commits later might as well begin later."""
        return 0

    def exchange(self, token: str, request: ExchangeRequest, now_us: int, reserved: int = 0) -> ExchangeAnswer:
        sender = self._sender(token)
        (pushed,) = push(self._store, sender.site, [Push(sender, request, now_us)])
        wanted = wanted_rows(pushed.store_epoch, sender, request)
        page = wanted.nothing(pushed.version) or pull(self._store, wanted)
        told = people_after(sender, request, pushed) or people(self._store, sender, request, now_us)
        epoch = renew(self._store, sender, now_us) if request.renew else 0
        return ExchangeAnswer(
            store_epoch=pushed.store_epoch,
            mark=pushed.mark,
            answers=tuple(pushed.answers),
            rows=page.rows,
            cursor=page.cursor,
            more=page.more,
            received_us=now_us,
            answered_us=now_us,
            epoch=epoch,
            back=told.back.rows,
            back_cursor=told.back.cursor,
        )

    def _sender(self, token: str) -> Sender:
        with self._store.reading() as connection:
            sender = devices.senders_of(connection, [token]).get(token)
        if sender is None:
            raise RefusedError("unknown token")
        return sender

    def backup(self) -> None:
        self._backup = _dump(self._store)

    def restore(self, *, is_told: bool) -> None:
        """Back to the last backup, and a service that starts."""
        self._load(self._backup)
        with self._store.writing() as connection:
            if is_told:
                begin_lives(connection)
            begin_beats(connection, 0)

    def _load(self, content: bytes) -> None:
        """Into a connection of its own: SQLite may crash in a prepared statement that outlives the content it knew."""
        self._store.engine.dispose()
        raw = self._store.engine.raw_connection()
        raw.driver_connection.deserialize(content)  # type: ignore[union-attr]
        raw.close()

    def version(self) -> int:
        with self._store.reading() as connection:
            return site_version(connection, SITE)

    def events(self) -> dict[str, Known]:
        columns = (
            events.c.id,
            events.c.device,
            events.c.epoch,
            events.c.sequence,
            events.c.outcome,
            events.c.kind,
            events.c.let_in,
        )
        rows = self._rows(select(*columns).where(events.c.device != CENTRE))
        return {row[0]: Known(row[1], row[2], row[3], Outcome(row[4]), row[5], bool(row[6])) for row in rows}

    def causes(self) -> Counter[str]:
        return Counter(row[0] for row in self._rows(select(ledger.c.cause).where(ledger.c.device != CENTRE)))

    def stock(self) -> dict[StockKey, int]:
        rows = self._rows(select(*(stock.c[name] for name in KEY_NAMES), stock.c.quantity))
        return {StockKey(*row[:-1]): row[-1] for row in rows if row[-1] and is_on_device(row[0])}

    def words(self) -> list[SaidWord]:
        cells = (words.c.number, words.c.event, words.c.subject, words.c.word, words.c.why)
        rows = self._rows(select(*cells, words.c.outcome_before, words.c.outcome).order_by(words.c.number))
        return [SaidWord(*row[:5], *(Outcome(cell) if cell else None for cell in row[5:])) for row in rows]

    def backs(self) -> list[Back]:
        rows = self._rows(select(came_back.c.number, came_back.c.event, came_back.c.operator, came_back.c.device))
        return [Back(number=n, event=e, operator=o, device=d, outcome=Outcome.POSTED) for n, e, o, d in sorted(rows)]

    def watermark_us(self, device: str) -> int:
        rows = self._rows(select(devices_table.c.watermark_us).where(devices_table.c.device == device))
        return int(rows[0][0]) if rows else 0

    def findings(self) -> list[str]:
        return [str(finding) for finding in verify(self._store)]

    def _rows(self, wanted: Any) -> list[Any]:
        with self._store.reading() as connection:
            return [tuple(row) for row in connection.execute(wanted).all()]


@cache
def _template() -> bytes:
    """The small warehouse, imported once."""
    store = init_store(_URL)
    with TemporaryDirectory() as folder:
        import_folder(store, write_sheets(Path(folder) / "sheets", operators=_staff()), NOW_US)
    content = _dump(store)
    store.close()
    return content


def _staff() -> str:
    return f'{SHEETS["operators"]}s2,Supervisor 2,b-s2,"{VERIFIER}",worker supervisor\n'


def _dump(store: CentralStore) -> bytes:
    raw = store.engine.raw_connection()
    content: bytes = raw.driver_connection.serialize()  # type: ignore[union-attr]
    raw.close()
    return content
