"""The central service: the HTTP addresses that devices talk to, over one store.

A trouble is answered with its status and a ``Trouble`` body, whatever it is; the words are in ``troubles.py``.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.central.desk import Desk, now_us
from sync.central.judging import Sender
from sync.central.service.answers import HANDLERS, ok
from sync.central.service.requests import enrolment_of, exchange_of, number_of, token_of
from sync.central.store import CentralStore
from sync.central.troubles import TroubleError
from sync.central.watch import Watch
from sync.protocol import NEWS_WAIT_S_MAX, EnrolAnswer, ExchangeAnswer, News


class Service:
    """The handlers of the addresses over one store; ``app`` is what a server runs."""

    def __init__(self, store: CentralStore) -> None:
        self.desk = Desk(store)
        self.watch = Watch(self.desk.versions)
        self.app = Starlette(
            routes=[
                Route("/v1/exchange", self._exchange, methods=["POST"]),
                Route("/v1/news", self._news, methods=["GET"]),
                Route("/v1/enrol", self._enrol, methods=["POST"]),
                Route("/health", self._health, methods=["GET"]),
                Route("/ready", self._ready, methods=["GET"]),
            ],
            exception_handlers=HANDLERS,
            lifespan=self._life,
        )

    @asynccontextmanager
    async def _life(self, _app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._poll)
            yield
            self.watch.close()
            tasks.cancel_scope.cancel()
        self.desk.close()

    async def _poll(self) -> None:
        """Keep polling whatever the database does meanwhile."""
        while True:
            try:
                await self.watch.poll()
                return
            except TroubleError:
                await anyio.sleep(1)

    async def _exchange(self, request: Request) -> Response:
        received_us = now_us()
        sender = await self._sender(request)
        asked = await exchange_of(request)
        answers, version = await self.desk.pushed(sender, asked, received_us)
        self.watch.told(sender.site, version)
        page = await self.desk.page(sender, asked)
        return ok(
            ExchangeAnswer(
                store_epoch=self.desk.store.store_epoch,
                answers=tuple(answers),
                rows=page.rows,
                cursor=page.cursor,
                more=page.more,
                received_us=received_us,
                answered_us=now_us(),
                epoch=await self.desk.renewed(sender, asked) if asked.renew else 0,
            )
        )

    async def _news(self, request: Request) -> Response:
        sender = await self._sender(request)
        if sender.revoked:
            raise TroubleError("revoked")
        after = number_of(request, "after", int)
        wait_s = min(number_of(request, "wait", float), float(NEWS_WAIT_S_MAX))
        version = await self.desk.version(sender.site)
        self.watch.told(sender.site, version)
        if version <= after and wait_s > 0:
            version = await self.watch.past(sender.site, after, wait_s)
        return ok(News(version))

    async def _enrol(self, request: Request) -> Response:
        enrolled = await self.desk.enrolled(await enrolment_of(request))
        if enrolled is None:
            raise TroubleError("wrong_code")
        device, epoch, site, token = enrolled
        store_epoch = self.desk.store.store_epoch
        return ok(EnrolAnswer(device=device, epoch=epoch, site=site, token=token, store_epoch=store_epoch))

    async def _health(self, _request: Request) -> Response:
        return ok({"health": "ok"})

    async def _ready(self, _request: Request) -> Response:
        await self.desk.versions()
        return ok({"ready": "yes"})

    async def _sender(self, request: Request) -> Sender:
        sender = await self.desk.sender(token_of(request))
        if sender is None:
            raise TroubleError("unknown_token")
        return sender
