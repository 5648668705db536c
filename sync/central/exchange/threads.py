"""Thread pools around the store: its queries run on a few threads, and never on the event loop.

An embedded store has one writing thread; another database as many as may usefully write at once.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from scanner_app.errors import UnconfirmedError
from sync.central.accuracy import making
from sync.central.book.counters import site_version, site_versions
from sync.central.book.lives import store_epoch_of
from sync.central.book.timelines import advance, behind
from sync.central.connectors.ledger_feed import PostingsPage, postings_page
from sync.central.database.store import CentralStore
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Push, Pushed, WantedRows, pull, push, push_apart, renew, wanted_rows
from sync.central.exchange.feed import Page
from sync.central.exchange.push_groups import PushGroups
from sync.central.exchange.seen_tokens import SeenTokens
from sync.central.exchange.shared_pages import SharedPages
from sync.central.exchange.shared_queries import SharedQueries
from sync.central.exchange.told_of_people import People, people, people_after
from sync.central.exchange.troubles import TroubleError
from sync.central.sites.devices import hashed, senders_of
from sync.central.sites.enrolling import Enrolled, EnrolmentAsked, NotEnrolled, enrolled, new_secret
from sync.central.sites.read_tokens import BookReader, reader_of
from sync.central.tasks.looking import Looked, look, sites_with_work
from sync.credentials import site_of
from sync.protocol import EnrolRequest, ExchangeRequest

READERS_MAX = 4
WRITERS_MAX = 8

_Result = TypeVar("_Result")


def now_us() -> int:
    """Return the centre's clock."""
    return time.time_ns() // 1000


class StoreThreads:
    """Every coroutine here is one question to the store; a database that fails is the trouble ``store_busy``."""

    def __init__(self, store: CentralStore) -> None:
        self.store = store
        self._writers = ThreadPoolExecutor(1 if store.is_embedded else WRITERS_MAX, "central-writer")
        self._readers = ThreadPoolExecutor(READERS_MAX, "central-reader")
        self._groups = PushGroups(self._write, self._write_apart)
        self._senders = SharedQueries(self._senders_of, site_of)
        self._seen = SeenTokens()
        self._pages = SharedPages(self._page)

    async def sender(self, token: str) -> Sender | None:
        return await self._senders.ask(token)

    async def sender_before(self, token: str) -> Sender | None:
        """Whose a token was when it was last looked up; it is looked up only where this process has not seen it."""
        token_hash = hashed(token)
        sender = self._seen.whose(token_hash)
        if sender is None and (sender := await self.sender(token)) is not None:
            self._seen.note(token_hash, sender)
        return sender

    async def pushed(self, asked: Push) -> Pushed:
        """Apply what was pushed, believing whose the token is as it is applied.

        Raises:
            TroubleError: ``unknown_token``, ``store_busy``.
        """
        try:
            pushed = await self._groups.pushed(asked)
        except (DBAPIError, UnconfirmedError) as trouble:
            raise TroubleError("store_busy") from trouble
        if asked.token_hash:
            self._seen.note(asked.token_hash, pushed.sender)
        if pushed.sender is None:
            raise TroubleError("unknown_token")
        return pushed

    async def renewed(self, sender: Sender) -> int:
        return await self._asked(self._writers, lambda: renew(self.store, sender, now_us()))

    async def page(self, sender: Sender, request: ExchangeRequest, pushed: Pushed) -> Page:
        """The rows a device lacks, from a moment at which its site was as far as after it ``pushed``."""
        wanted = wanted_rows(pushed.store_epoch, sender, request)
        return wanted.nothing(pushed.version) or await self._pages.page(wanted, pushed.version)

    async def people(self, sender: Sender, request: ExchangeRequest, pushed: Pushed, received_us: int) -> People:
        """What an exchange is answered about people, and what came back to them."""
        told = people_after(sender, request, pushed)
        if told is not None:
            return told
        return await self._asked(self._readers, lambda: people(self.store, sender, request, received_us))

    async def enrolled(self, request: EnrolRequest) -> Enrolled | NotEnrolled:
        return await self._asked(self._writers, lambda: self._enrolled(request))

    async def reader(self, token: str) -> BookReader | None:
        return await self.read(lambda connection: reader_of(connection, token))

    async def postings(self, site: str, cursor: str, rows_max: int) -> PostingsPage:
        return await self.read(lambda connection: postings_page(connection, site, cursor, rows_max))

    async def version(self, site: str) -> int:
        return await self.read(lambda connection: site_version(connection, site))

    async def versions(self) -> dict[str, int]:
        return await self.read(site_versions)

    async def behind(self) -> dict[str, int]:
        """How many rows of each site's ledger are not sorted into timelines yet."""
        return await self._asked(self._readers, lambda: behind(self.store))

    async def sorted(self, site: str) -> int:
        """Sort some rows of a site's ledger; return how many."""
        return await self._asked(self._writers, lambda: advance(self.store, site))

    async def unfigured(self) -> dict[str, int]:
        """How much of each site's counts is not in its figures yet."""
        return await self._asked(self._readers, lambda: making.behind(self.store))

    async def figured(self, site: str) -> int:
        """Put some counts of a site into its figures; return how many."""
        return await self._asked(self._writers, lambda: making.advance(self.store, site))

    async def sites_with_work(self) -> list[str]:
        """The sites at which tasks are planned, or people have some."""
        return await self.read(sites_with_work)

    async def tasks_looked_at(self, site: str) -> Looked:
        """Do what is due with the tasks of a site."""
        return await self._asked(self._readers, lambda: look(self.store, site, now_us()))

    async def store_epoch(self, site: str) -> str:
        """The store epoch of a site as it stands in the database now."""
        return await self.read(lambda connection: store_epoch_of(connection, site))

    async def read(self, question: Callable[[Connection], _Result]) -> _Result:
        """What a question reads from one moment of the store."""
        return await self._asked(self._readers, lambda: self.store.read(question))

    async def write(self, work: Callable[[Connection], _Result]) -> _Result:
        """What comes of work in a transaction of its own; it may be done again as a whole."""
        return await self._asked(self._writers, lambda: self.store.write(work))

    def close(self) -> None:
        """Finish what is being written and close the store."""
        self._writers.shutdown()
        self._readers.shutdown()
        self.store.close()

    async def _asked(self, threads: ThreadPoolExecutor, question: Callable[[], _Result]) -> _Result:
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, question)
        except (DBAPIError, UnconfirmedError) as trouble:
            raise TroubleError("store_busy") from trouble

    async def _write(self, site: str, pushes: Sequence[Push]) -> list[Pushed]:
        return await asyncio.get_running_loop().run_in_executor(self._writers, push, self.store, site, pushes)

    async def _write_apart(self, push: Push) -> Pushed:
        return await asyncio.get_running_loop().run_in_executor(self._writers, push_apart, self.store, push)

    async def _senders_of(self, tokens: list[str]) -> dict[str, Sender]:
        return await self._asked(
            self._readers, lambda: self.store.glance(lambda connection: senders_of(connection, tokens))
        )

    async def _page(self, wanted: WantedRows) -> Page:
        return await self._asked(self._readers, lambda: pull(self.store, wanted))

    def _enrolled(self, request: EnrolRequest) -> Enrolled | NotEnrolled:
        asked, secret = _asking(request), new_secret()
        return self.store.write(lambda connection: enrolled(connection, asked, now_us(), secret))


def _asking(request: EnrolRequest) -> EnrolmentAsked:
    return EnrolmentAsked(
        code=request.code,
        name=request.name,
        program=request.program,
        known=request.device,
        held=request.token,
        is_named=request.is_named,
    )
