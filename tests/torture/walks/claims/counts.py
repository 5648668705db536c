"""What is said of a count: its lines and its closing, and of who is sent to count, or is no longer."""

from collections.abc import Mapping

from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.sighted import Sighted
from scanner_app.domain.task import name_of
from scanner_app.domain.work.lease import RELEASED
from scanner_app.workflows.count import item_phrases as of_item
from scanner_app.workflows.count import phrases as counts
from scanner_app.workflows.count import sent_phrases as sent
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.supervise import case_phrases as cases
from scanner_app.workflows.tasks import phrases as tasks
from tests.torture.walks.book import Book
from tests.torture.walks.claims.claim import Claim, micro
from tests.torture.walks.place import MADE_AT


def _counted(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    """One line, of which as much was counted as is said; goods that nobody knows have no unit."""
    del event, book
    if not isinstance(fact, Counted) or said.arguments["item"] != fact.line.key.item:
        return False
    so_much = said.arguments["sum"]
    return micro(so_much if " " in so_much else f"{so_much} EA") == fact.line.quantity


def _closed(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    if not isinstance(fact, CountClosed) or said.arguments["place"] != fact.closing.place:
        return False
    return fact.closing.of_item == said.arguments.get("item", "")


def _seen(fact: Fact, said: Said, event: Event, book: Book) -> bool:
    del event, book
    return isinstance(fact, Sighted) and said.arguments["plate"] == fact.plate


def _ended(*, is_over: bool) -> Claim:
    """The task of that place ends, or only its lease does."""

    def is_so(fact: Fact, said: Said, event: Event, book: Book) -> bool:
        del event, book
        ends = fact.ends
        return bool(ends and _is_at(ends.task, said.arguments["place"]) and (ends.reason != RELEASED) is is_over)

    return is_so


def _is_at(task: str, place: str) -> bool:
    """A task of a place, of an item there, or one that words made."""
    one = name_of(place, "?").removesuffix("?")
    return task == name_of(place) or task.startswith(one) or task in MADE_AT.get(place, ())


def _wished(name: str) -> Claim:
    """That place is to be counted, or that item."""

    def is_so(fact: Fact, said: Said, event: Event, book: Book) -> bool:
        del event, book
        wish = fact.wishes
        return wish is not None and said.arguments[name] in (wish.place, wish.item)

    return is_so


COUNTS: Mapping[str, Claim] = {
    counts.LINE.key: _counted,
    counts.LINE_SUM.key: _counted,
    counts.PLATE_NOTED.key: _seen,
    counts.CLOSED.key: _closed,
    of_item.CLOSED.key: _closed,
    sent.PUT_OFF.key: _ended(is_over=False),
    sent.ENDED.key: _ended(is_over=True),
    tasks.RELEASED.key: _ended(is_over=False),
    tasks.ENDED.key: _ended(is_over=True),
    tasks.ASKED.key: _wished("what"),
    cases.ASKED_FOR.key: _wished("place"),
}
