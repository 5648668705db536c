"""Lives of a site: a store that was put back, and that nobody told so, hears it from a device that knows more."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from sync.central.book.lives import begin_beats
from sync.central.database.backup import back_up, put_back
from sync.central.database.store import CentralStore, open_store
from sync.central.events.sender import Sender
from sync.central.exchange.exchange import Push, Pushed, push
from sync.central.sites.store_status import status
from sync.protocol import ExchangeRequest
from tests.central.warehouse import NOW_US, SITE, event, move
from tests.extent import extent

ONE, TWO = Sender(SITE, "one", 1), Sender(SITE, "two", 1)
LATER_US = NOW_US + 86_400_000_000
PutBack = Callable[[CentralStore], CentralStore]


def exchanged(store: CentralStore, who: Sender, *numbers: int, known: Pushed | None = None, to: str = "B") -> Pushed:
    """Push moves of these numbers, as a device that knows what an exchange before had told it."""
    events = tuple(msgspec.Raw(msgspec.json.encode(event(number, move("A", to), who))) for number in numbers)
    life, mark = (known.store_epoch, known.mark) if known else ("", "")
    asked = ExchangeRequest(epoch=1, store_epoch=life, mark=mark, events=events)
    return push(store, SITE, [Push(who, asked, NOW_US)])[0]


@pytest.fixture
def put_back_in_silence(empty_url: str, tmp_path: Path) -> Iterator[PutBack]:
    """Another store as this one is now, such as a copied file or a snapshot is, opened by a service much later."""
    opened = []

    def copied(store: CentralStore) -> CentralStore:
        back_up(store, tmp_path / "copy", NOW_US)
        put_back(tmp_path / "copy", empty_url, lambda connection: None)
        opened.append(open_store(empty_url))
        return opened[-1]

    yield copied
    for store in opened:
        store.close()


def start(store: CentralStore) -> None:
    store.write(lambda connection: begin_beats(connection, LATER_US))


@pytest.mark.parametrize("to", ["B", "NOWHERE"], ids=["booked", "held"])
@pytest.mark.parametrize("is_started", [True, False])
@pytest.mark.parametrize("others", [0, 1, 7][extent(1, 0) :])
def test_a_store_put_back_in_silence_hears_of_it(
    store: CentralStore, put_back_in_silence: PutBack, to: str, is_started: bool, others: int
) -> None:
    """Also when it has come further since than it was when it was lost, as long as a service was started."""
    first = exchanged(store, ONE, 1)
    copy = put_back_in_silence(store)
    lost = exchanged(store, ONE, 2, 3, known=first, to=to)
    if is_started:
        start(copy)
    for number in range(1, 1 + others * is_started):
        assert exchanged(copy, TWO, number).store_epoch == first.store_epoch
    told = exchanged(copy, ONE, known=lost)
    assert told.store_epoch != first.store_epoch
    (site,) = status(copy).sites
    assert site.noticed_us == NOW_US
    again = exchanged(copy, ONE, 2, 3, known=told, to=to)
    assert again.store_epoch == told.store_epoch
    assert [one.duplicate for one in again.answers] == [False, False]
    assert exchanged(copy, ONE, known=lost).store_epoch == told.store_epoch, (
        "a mark of the life before says nothing now"
    )


def test_a_store_that_was_not_put_back_keeps_its_life(store: CentralStore) -> None:
    """Whatever beats begin, and however old a mark is."""
    marks = [exchanged(store, ONE, 1)]
    for number in range(2, 8):
        if number % 2:
            start(store)
        marks.append(exchanged(store, TWO if number % 3 else ONE, number, to="B" if number % 2 else "NOWHERE"))
    assert {exchanged(store, ONE, known=mark).store_epoch for mark in marks} == {marks[0].store_epoch}


def test_nobody_makes_a_store_believe_that_it_was_put_back(store: CentralStore) -> None:
    true = exchanged(store, ONE, 1)
    beat, version, kept, seal = true.mark.split(".")
    for mark in (
        f"{beat}.{int(version) + 1}.{kept}.{seal}",
        f"{beat}.{version}.{int(kept) + 1}.{seal}",
        f"{'0' * len(beat)}.{version}.{kept}.{seal}",
        f"{beat}.{version}.{kept}",
        f"{beat}.{version}.{kept}.",
        "...",
        "9" * 10_000,
        "\0\u20ac",
    ):
        assert exchanged(store, ONE, known=true._replace(mark=mark)).store_epoch == true.store_epoch


def test_a_life_is_a_sites_own(store: CentralStore) -> None:
    """A mark of one site is none of another."""
    true = exchanged(store, ONE, 1)
    with closing(open_store(store.engine.url.render_as_string(hide_password=False))) as again:
        assert exchanged(again, ONE, known=true).mark == true.mark
    other = Sender("W2", "one", 1)
    asked = ExchangeRequest(epoch=1, store_epoch=true.store_epoch, mark=true.mark)
    (told,) = push(store, "W2", [Push(other, asked, NOW_US)])
    assert told.store_epoch != true.store_epoch
    assert {site.noticed_us for site in status(store).sites} == {0}
