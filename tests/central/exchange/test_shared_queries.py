"""Request coalescing: many devices that want to know the same are answered by one query, never by an old answer."""

import asyncio

import pytest

from sync.central.database.store import CentralStore
from sync.central.exchange.exchange import WantedRows, pull
from sync.central.exchange.feed import Page
from sync.central.exchange.shared_pages import SharedPages
from sync.central.exchange.shared_queries import SharedQueries
from sync.central.exchange.threads import StoreThreads
from sync.protocol import PROTOCOL, ExchangeRequest
from tests.central.exchange.test_push_groups import pushed
from tests.central.warehouse import SENDER, SITE


class Book:
    """Answers with its edition; the first query is held back until it is let go."""

    def __init__(self) -> None:
        self.edition = 1
        self.queries: list[list[str]] = []
        self.go = asyncio.Event()

    async def look_up(self, words: list[str]) -> dict[str, int]:
        self.queries.append(words)
        found = {word: self.edition for word in words if word != "unknown"}
        await self.go.wait()
        if any("bad" in word for word in words):
            raise ValueError("bad")
        return found


async def _asked(*rounds: list[str]) -> tuple[list[list[str]], list[object]]:
    """Ask the words of each round while the query of the one before is under way."""
    book = Book()
    queries = SharedQueries(book.look_up)
    tasks: list[asyncio.Task[int | None]] = []
    for number, words in enumerate(rounds, 1):
        book.edition = number
        tasks += [asyncio.create_task(queries.ask(word)) for word in words]
        for _ in range(3):
            await asyncio.sleep(0)
    book.go.set()
    return book.queries, list(await asyncio.gather(*tasks, return_exceptions=True))


def test_questions_that_come_together_are_one_query() -> None:
    queries, found = asyncio.run(_asked(["a", "b", "a", "unknown"]))
    assert queries == [["a", "b", "unknown"]]
    assert found == [1, 1, 1, None]


def test_who_asks_later_does_not_hear_what_was_read_before() -> None:
    queries, found = asyncio.run(_asked(["a"], ["a", "b"]))
    assert queries == [["a"], ["a", "b"]]
    assert found == [1, 2, 2]


def test_what_goes_wrong_is_heard_by_those_who_asked_for_it() -> None:
    queries, found = asyncio.run(_asked(["bad", "a"], ["b"]))
    assert queries == [["bad", "a"], ["b"]]
    assert [type(one) for one in found] == [ValueError, ValueError, int]


def test_one_lane_neither_waits_for_another_nor_fails_with_it() -> None:
    """A site whose database is away is no trouble of the others."""
    book = Book()

    async def look_up(words: list[str]) -> dict[str, int]:
        return await book.look_up(words) if words[0].startswith("W1") else dict.fromkeys(words, 7)

    async def asked() -> list[object]:
        queries = SharedQueries(look_up, lambda word: word[:2])
        stuck = [asyncio.create_task(queries.ask(word)) for word in ("W1.bad", "W1.b")]
        await asyncio.sleep(0)
        others = [await queries.ask(word) for word in ("W2.a", "W2.b")]
        book.go.set()
        return [*others, *await asyncio.gather(*stuck, return_exceptions=True)]

    found = asyncio.run(asked())
    assert found[:2] == [7, 7]
    assert [type(one) for one in found[2:]] == [ValueError, ValueError]


def test_devices_that_lack_the_same_rows_share_a_page(store: CentralStore) -> None:
    pages, reads = asyncio.run(_pulled(store, cursors=[0, 0, 7, 0]))
    assert len(reads) == 2
    assert pages[0] is pages[1] is pages[3]
    assert pages[2].rows == pages[0].rows[7:]


async def _pulled(store: CentralStore, cursors: list[int]) -> tuple[list[Page], list[WantedRows]]:
    reads: list[WantedRows] = []

    async def read(wanted: WantedRows) -> Page:
        reads.append(wanted)
        return await asyncio.to_thread(pull, store, wanted)

    shared = SharedPages(read)
    wanted = [WantedRows("life", SITE, cursor, 5_000, PROTOCOL) for cursor in cursors]
    return list(await asyncio.gather(*(shared.page(one, 1_000) for one in wanted))), reads


def _request(cursor: int) -> ExchangeRequest:
    return ExchangeRequest(epoch=1, cursor=cursor)


def test_a_page_contains_what_was_pushed_before_it(store: CentralStore) -> None:
    async def exchanged() -> tuple[int, Page]:
        desk = StoreThreads(store)
        before = await desk.pushed(pushed(2))
        await desk.page(SENDER, _request(0), before)
        after = await desk.pushed(pushed(1))
        return after.answers[0].version, await desk.page(SENDER, _request(0), after)

    version, page = asyncio.run(exchanged())
    assert page.cursor >= version
    assert page.rows[-1].version >= version


@pytest.mark.parametrize(("rows_max", "cursor"), [(0, 0), (10, 99)])
def test_who_lacks_nothing_asks_for_nothing(rows_max: int, cursor: int) -> None:
    assert WantedRows("life", SITE, cursor, rows_max, PROTOCOL).nothing(99) == Page((), cursor, False)
    assert WantedRows("life", SITE, 5, 10, PROTOCOL).nothing(99) is None
