"""Exchange of a device whose token is known: push, then pull."""

from collections.abc import Sequence
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from sync.central.book.counters import Counters, locked_counters, shared_counters
from sync.central.book.lives import heard, keep_beat, mark_of
from sync.central.database.retry import is_everybodys
from sync.central.database.store import CentralStore
from sync.central.events.decode import Arrival
from sync.central.events.sender import Sender
from sync.central.exchange.feed import Page, page_after
from sync.central.intake.apply import apply_batches, read_batch
from sync.central.intake.claims import Batch
from sync.central.intake.neighbours import newest_of
from sync.central.sites.devices import DeviceReport, keep_reports, reminded, renewed, senders_at
from sync.central.sites.signed_on import Told, keep_signed_on, signed_on_at
from sync.central.words.came_back import keep_told
from sync.protocol import RENUMBERS_SINCE, Answer, Elsewhere, ExchangeRequest, SignedOn


class Push(NamedTuple):
    """What one device asks for in an exchange.

    Whose ``token_hash`` is given is looked up once more where it is written, and is then believed as it is by that;
    ``sender`` alone may be what was known of the device when it last asked.
    """

    sender: Sender
    request: ExchangeRequest
    received_us: int
    is_set_aside: bool = False
    """The database takes its events not as they are: they are held."""
    is_begun: bool = False
    """More events of the same request come behind: what it says that it has told is not here yet."""
    token_hash: str = ""


class Pushed(NamedTuple):
    """The answers to a push, and the life, the version and a mark of the site after it.

    ``back`` is the last number of what came back at the site, ``elsewhere`` where else those are who are signed on.
    ``sender`` is who pushed, as the store knew it then; None for one whose token it no longer knows: of that push
    nothing was applied.
    """

    answers: list[Answer]
    store_epoch: str
    version: int
    mark: str
    back: int = 0
    elsewhere: tuple[Elsewhere, ...] = ()
    sender: Sender | None = None


_OF_NOBODY = Pushed([], "", 0, "")


def push(store: CentralStore, site: str, pushes: Sequence[Push]) -> list[Pushed]:
    """Apply what devices of one site push and keep what they say of themselves, in one transaction.

    It always writes, if only the report: so also the answer to a repeated push waits for a standby.

    Raises:
        UnconfirmedError: that wait was cancelled, and nobody knows whether the standby has it.
    """
    batches = [_batch(asked) for asked in pushes]
    has_events = any(batch.payloads for batch in batches)

    def apply(connection: Connection) -> list[Pushed]:
        now = (locked_counters if has_events else shared_counters)(connection, site)
        senders = _senders_now(connection, site, pushes)
        believed = [
            (asked._replace(sender=sender), batch._replace(sender=sender))
            for asked, batch, sender in zip(pushes, batches, senders, strict=True) if sender is not None
        ]  # fmt: skip
        applied = iter(_applied(connection, site, believed, now) if believed else ())
        return [_OF_NOBODY if sender is None else next(applied) for sender in senders]

    return store.write(apply)


def _senders_now(connection: Connection, site: str, pushes: Sequence[Push]) -> list[Sender | None]:
    """Who pushes, as it stands now that the site is locked; None for a token that is no device's any more."""
    shown = {asked.token_hash for asked in pushes if asked.token_hash}
    known = senders_at(connection, site, shown) if shown else {}
    return [known.get(asked.token_hash) if asked.token_hash else asked.sender for asked in pushes]


def _applied(connection: Connection, site: str, pushed: Sequence[tuple[Push, Batch]], locked: Counters) -> list[Pushed]:
    """Apply what was pushed by those who are known, the counters of the site being ``locked``."""
    pushes, batches = zip(*pushed, strict=True)
    marks = {(asked.request.store_epoch, asked.request.mark) for asked in pushes}
    now_us = pushes[-1].received_us
    before = heard(connection, site, locked, marks, now_us)
    life = before.store_epoch
    known = [_reminded(connection, life, asked, batch) for asked, batch in pushed]
    answers, now = apply_batches(connection, site, known, before)
    if any(batch.payloads for batch in batches):
        now = keep_beat(connection, site, now, now_us)
    keep_reports(connection, map(_told, pushes, batches, answers, repeat(life)))
    people = [Told(asked.sender, signed_on_at(asked.request)) for asked in pushes]
    elsewhere = keep_signed_on(connection, site, people, now_us)
    for asked, told in zip(pushes, people, strict=True):
        keep_told(connection, asked.sender, told.operators, asked.request.told)
    state = (life, now.version, mark_of(site, now), now.back)
    return [
        Pushed(own, *state, others, asked.sender)
        for asked, own, others in zip(pushes, answers, elsewhere, strict=True)
    ]  # fmt: skip


def push_apart(store: CentralStore, asked: Push) -> Pushed:
    """Apply a push of which the database refuses something for good: it is halved until that stands alone, and is held.

    Raises:
        DBAPIError: the database itself is the trouble, or refuses to keep an event that is held.
    """
    events = asked.request.events
    try:
        return push(store, asked.sender.site, [asked])[0]
    except (DBAPIError, OverflowError) as error:
        if asked.is_set_aside or not events or (isinstance(error, DBAPIError) and is_everybodys(error)):
            raise
    if len(events) == 1:
        return push_apart(store, asked._replace(is_set_aside=True))
    halves = parted(asked, len(events) // 2)
    return joined([push_apart(store, part) for part in halves if part is not None])


def parted(asked: Push, events_max: int) -> tuple[Push, Push | None]:
    """So many events of a push, and what is left of it, if there is more."""
    events = asked.request.events
    if len(events) <= events_max:
        return asked, None
    first, rest = (replace(asked.request, events=part) for part in (events[:events_max], events[events_max:]))
    return asked._replace(request=first, is_begun=True), asked._replace(request=rest)


def joined(parts: Sequence[Pushed]) -> Pushed:
    """What came of the parts of a push, as what came of it."""
    return parts[-1]._replace(answers=[answer for part in parts for answer in part.answers])


def _batch(asked: Push) -> Batch:
    payloads = [bytes(raw) for raw in asked.request.events]
    renumbers = asked.request.protocol >= RENUMBERS_SINCE
    return read_batch(
        asked.sender, payloads, asked.received_us, can_renumber=renumbers, is_set_aside=asked.is_set_aside
    )


def _reminded(connection: Connection, life: str, asked: Push, batch: Batch) -> Batch:
    """Let a device remind a store that was put back of an epoch that it has forgotten."""
    if asked.request.epoch <= asked.sender.epoch or asked.request.store_epoch == life:
        return batch
    locked_counters(connection, asked.sender.site)
    return batch._replace(sender=reminded(connection, asked.sender, asked.request.epoch, asked.received_us))


def renew(store: CentralStore, sender: Sender, now_us: int) -> int:
    """Give the device a new epoch, and return it."""

    def give(connection: Connection) -> int:
        shared_counters(connection, sender.site)
        return renewed(connection, sender, now_us)

    return store.write(give)


class WantedRows(NamedTuple):
    """The rows that a device lacks: those of ``site`` after ``cursor``, at most ``rows_max``, in its ``protocol``.

    ``life`` is the store epoch that they are of.
    """

    life: str
    site: str
    cursor: int
    rows_max: int
    protocol: int

    def nothing(self, version: int) -> Page | None:
        """The empty page for who wants no rows, or has all up to ``version``; None for everybody else."""
        if self.rows_max <= 0:
            return Page((), self.cursor, False)
        return Page((), version, False) if self.cursor >= version else None


def wanted_rows(life: str, sender: Sender, request: ExchangeRequest) -> WantedRows:
    """What a device asks for. A cursor of another store epoch means nothing here; the revoked get no rows."""
    cursor = request.cursor if request.store_epoch == life else 0
    return WantedRows(life, sender.site, cursor, 0 if sender.revoked else request.rows_max, request.protocol)


def pull(store: CentralStore, wanted: WantedRows) -> Page:
    """Read a page of rows."""
    return store.read(lambda connection: page_after(connection, *wanted[1:]))


def _told(asked: Push, batch: Batch, answers: Sequence[Answer], life: str) -> tuple[Sender, DeviceReport]:
    """What a device said of itself, as it may be kept.

    A watermark is worth nothing from one that told everything to a store that was lost since, or of which something has
    to come again under another number.
    """
    request = asked.request
    is_told = (
        request.store_epoch == life
        and not asked.is_begun
        and not any(answer.wants_another_number for answer in answers)
    )
    told_us = request.watermark_us if is_told else None
    said = DeviceReport(asked.received_us, told_us, request.program, request.protocol, waiting=request.waiting)
    people = signed_on_at(request)
    if people is not None:
        newest = max(people, key=attrgetter("since_us"), default=SignedOn())
        said = said._replace(operator=newest.operator, operator_since_us=newest.since_us)
    last = batch.arrivals[-1] if batch.arrivals else None
    if not isinstance(last, Arrival):
        return batch.sender, said
    said = said._replace(offset_us=last.envelope.offset_us, uncertainty_us=last.envelope.uncertainty_us)
    made = newest_of(last, batch.sender, asked.received_us)
    if made != batch.sender.newest:
        said = said._replace(newest_epoch=made.epoch, newest_sequence=made.sequence, newest_us=made.us)
    return batch.sender, said
