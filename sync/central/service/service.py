"""The central service: a Starlette application with the HTTP addresses that devices talk to, over one store.

A trouble is answered with its status and a ``Trouble`` body, whatever it is; the words are in ``troubles.py``.
"""

import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from scanner_app.domain.desk.replies import Done
from sync.central.book.lives import begin_beats
from sync.central.connectors.ledger_feed import PAGE_ROWS
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Push, Pushed
from sync.central.exchange.news import Watch
from sync.central.exchange.threads import StoreThreads, now_us
from sync.central.exchange.troubles import TroubleError
from sync.central.service import metrics
from sync.central.service.access_log import AccessLog, noted, notes_of
from sync.central.service.addresses import ADDRESSES, Health, Ready
from sync.central.service.chore import FIGURES, TIMELINES, Chore
from sync.central.service.desk import DeskService
from sync.central.service.metrics import CONTENT_TYPE, Figures
from sync.central.service.openapi import document
from sync.central.service.rates import Rates
from sync.central.service.requests import desk_request_of, enrolment_of, exchange_of, number_of, token_of
from sync.central.service.responses import HANDLERS, JSON, ok, ok_packed
from sync.central.service.safe import is_safe
from sync.central.service.strangers import Strangers
from sync.central.service.tasks_chore import TasksChore
from sync.central.service.terms import MEGABYTE, USUAL, Terms
from sync.central.service.waiting_line import WaitingLine
from sync.central.sites.devices import hashed
from sync.central.sites.enrolling import NotEnrolled
from sync.central.sites.read_tokens import BookReader
from sync.protocol import NEWS_WAIT_S_MAX, EnrolAnswer, ExchangeAnswer, ExchangeRequest, News, told

_GAUGES_S = 1.0
UNREADABLE_COST = 10
"""Requests that one counts as which cannot be read: nobody asks such by mistake again and again."""
_T = TypeVar("_T")
Whose = Callable[[str], Awaitable[Sender | None]]
"""Looks up whose a token is."""


class Service:
    """The handlers of the addresses over one store; ``app`` is what a server runs."""

    def __init__(self, store: CentralStore, terms: Terms = USUAL, figures: Figures | None = None) -> None:
        self.threads = StoreThreads(store)
        self._at_desk = DeskService(self.threads)
        self.watch = Watch(self.threads.versions, terms.device_exchanges_max)
        self.figures = figures or Figures()
        self._terms = terms
        self._compress_bytes_min = terms.compress_kb_min * 1024
        self._rates = Rates(terms.device_requests_per_s_max, terms.device_requests_burst_max)
        self._strangers = Strangers(terms.device_requests_per_s_max, terms.device_requests_burst_max)
        self._line = WaitingLine(
            terms.exchanges_mb_max * MEGABYTE, terms.exchanges_waiting_max, terms.device_exchanges_max
        )
        handlers = {
            "exchange": self._exchange,
            "news": self._news,
            "enrol": self._enrol,
            "desk": self._desk,
            "postings": self._postings,
            "health": self._health,
            "ready": self._ready,
            "metrics": self._metrics,
            "document": self._document,
        }
        routes = [Route(address.path, handlers[address.name], methods=[address.method]) for address in ADDRESSES]
        inner = Starlette(routes=routes, exception_handlers=HANDLERS, lifespan=self._life)
        self.app: ASGIApp = AccessLog(inner, self.figures)

    @asynccontextmanager
    async def _life(self, _app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._poll)
            tasks.start_soon(self._measure)
            tasks.start_soon(Chore(self.threads.behind, self.threads.sorted, TIMELINES).run)
            tasks.start_soon(Chore(self.threads.unfigured, self.threads.figured, FIGURES).run)
            tasks.start_soon(TasksChore(self.threads.sites_with_work, self.threads.tasks_looked_at).run)
            yield
            self.watch.close()
            tasks.cancel_scope.cancel()
        self._at_desk.close()
        self.threads.close()

    async def _poll(self) -> None:
        """Keep polling whatever the database does meanwhile."""
        while True:
            try:
                await self.threads.write(lambda connection: begin_beats(connection, now_us()))
                await self.watch.poll()
                return
            except TroubleError:
                await anyio.sleep(1)

    async def _measure(self) -> None:
        """Keep the gauges of this process fresh, whichever process is asked for them."""
        while True:
            self._set_gauges()
            await anyio.sleep(_GAUGES_S)

    def _set_gauges(self) -> None:
        self.figures.set(metrics.AT_WORK, self._line.at_work)
        self.figures.set(metrics.WAITING, self._line.waiting)
        self.figures.set(metrics.POLLS, self.watch.waiting)

    async def _exchange(self, request: Request) -> Response:
        received_us = now_us()
        sender = await self._sender(request, self.threads.sender_before)
        async with self._line.place(_device(sender), sender.sessions) as place:
            asked = await self._read(request, exchange_of(request, self._terms, place))
            own = Push(sender, asked, received_us, token_hash=hashed(token_of(request)))
            pushed = await self.threads.pushed(own)
            answer = await self._answered(pushed.sender or sender, asked, pushed, received_us)
            noted(notes_of(request), answer)
            return await ok_packed(request, answer, self._compress_bytes_min)

    async def _answered(
        self, sender: Sender, asked: ExchangeRequest, pushed: Pushed, received_us: int
    ) -> ExchangeAnswer:
        self.watch.told(sender.site, pushed.version)
        page = await self.threads.page(sender, asked, pushed)
        people = await self.threads.people(sender, asked, pushed, received_us)
        return ExchangeAnswer(
            store_epoch=pushed.store_epoch,
            answers=tuple(told(answer, asked.protocol) for answer in pushed.answers),
            rows=page.rows,
            cursor=page.cursor,
            more=page.more,
            received_us=received_us,
            answered_us=now_us(),
            epoch=await self.threads.renewed(sender) if asked.renew else 0,
            elsewhere=pushed.elsewhere,
            known=people.known,
            version=pushed.version,
            mark=pushed.mark,
            back=people.back.rows,
            back_cursor=people.back.cursor,
        )

    async def _news(self, request: Request) -> Response:
        sender = await self._sender(request)
        if sender.revoked:
            raise TroubleError("revoked")
        after = number_of(request, "after", int)
        wait_s = min(number_of(request, "wait", float), float(NEWS_WAIT_S_MAX))
        if wait_s <= 0 or not self.watch.knows(sender.site):
            self.watch.told(sender.site, await self.threads.version(sender.site))
        return ok(News(await self.watch.past(sender.site, after, wait_s, _device(sender), sender.sessions)))

    async def _enrol(self, request: Request) -> Response:
        host = request.client.host if request.client else ""
        _refuse_early(self._strangers.wait_s(host, time.monotonic()))
        enrolled = await self.threads.enrolled(await enrolment_of(request, self._terms))
        if isinstance(enrolled, NotEnrolled):
            raise TroubleError(enrolled.value)
        notes = notes_of(request)
        notes.site, notes.device, notes.is_new = enrolled.site, enrolled.device, True
        store_epoch = await self.threads.store_epoch(enrolled.site)
        return ok(EnrolAnswer(**enrolled._asdict(), store_epoch=store_epoch))

    async def _desk(self, request: Request) -> Response:
        sender = await self._sender(request)
        asked = await self._read(request, desk_request_of(request, self._terms))
        reply = await self._at_desk.reply(sender, asked, is_safe=is_safe(request))
        if isinstance(reply, Done):
            self.watch.told(sender.site, await self.threads.version(sender.site))
        return await ok_packed(request, reply, self._compress_bytes_min)

    async def _postings(self, request: Request) -> Response:
        reader = await self._reader(request)
        if request.query_params.get("site", reader.site) != reader.site:
            raise TroubleError("wrong_site")
        limit = number_of(request, "limit", int) or PAGE_ROWS
        try:
            page = await self.threads.postings(reader.site, request.query_params.get("after", ""), limit)
        except ValueError as trouble:
            raise TroubleError("invalid") from trouble
        notes_of(request).rows = len(page.postings)
        return await ok_packed(request, page, self._compress_bytes_min)

    async def _health(self, _request: Request) -> Response:
        return ok(Health())

    async def _ready(self, _request: Request) -> Response:
        await self.threads.versions()
        return ok(Ready())

    async def _metrics(self, _request: Request) -> Response:
        self._set_gauges()
        return Response(self.figures.text(await self.threads.versions()), media_type=CONTENT_TYPE)

    async def _document(self, _request: Request) -> Response:
        return Response(document(), media_type=JSON)

    async def _read(self, request: Request, reading: Awaitable[_T]) -> _T:
        """Read what a device asks; what cannot be read counts as several requests."""
        try:
            return await reading
        except TroubleError as trouble:
            if trouble.word != "busy":
                self._rates.charge(hashed(token_of(request)), UNREADABLE_COST - 1, time.monotonic())
            raise

    async def _sender(self, request: Request, whose: Whose | None = None) -> Sender:
        """Whose token a request shows, as it stands now, or else as ``whose`` says."""
        token = token_of(request)
        self._paced(hashed(token))
        sender = await (whose or self.threads.sender)(token)
        if sender is None:
            raise TroubleError("unknown_token")
        notes = notes_of(request)
        notes.site, notes.device = sender.site, sender.device
        return sender

    async def _reader(self, request: Request) -> BookReader:
        token = token_of(request)
        self._paced(hashed(token))
        reader = await self.threads.reader(token)
        if reader is None:
            raise TroubleError("unknown_reader")
        notes = notes_of(request)
        notes.site, notes.device = reader
        return reader

    def _paced(self, key: str) -> None:
        _refuse_early(self._rates.wait_s(key, time.monotonic()))


def _device(sender: Sender) -> str:
    """What a device is counted by."""
    return f"{sender.site} {sender.device}"


def _refuse_early(wait_s: float) -> None:
    if wait_s > 0:
        raise TroubleError("too_many_requests", math.ceil(wait_s))
