"""A role that is lost during a push: a word is judged by what its author may do at the moment at which it is judged."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.saying import Subject
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.database.tables import events, words
from tests.central.serving import Handheld
from tests.central.warehouse import NOW_US, SITE, event, move, push

DEMOTING = Path(__file__).with_name("demoting.py")
SUPERVISOR = "s1"
STILL_WAITS_S = 0.5


@contextmanager
def demoted(url: str) -> Iterator[None]:
    """Let another process take the role away; it has the site's lock within the block, and commits at its end."""
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", f"import runpy; runpy.run_path({str(DEMOTING)!r}, run_name='__main__')"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([*command, url, SITE, SUPERVISOR], cwd=root, text=True, **pipes) as other:  # type: ignore[call-overload]
        try:
            assert other.stdout.readline().strip() == "has the lock"
            yield
            other.stdin.write("commit\n")
            other.stdin.close()
            assert other.wait(20) == 0
        finally:
            other.kill()


@pytest.fixture
def held(store: CentralStore) -> list[Event]:
    made = [event(n, move("A", "C", 1, "WHAT")) for n in (1, 2)]
    push(store, made)
    return made


def _void(desk: Handheld, sequence: int, about: Event) -> Event:
    return event(sequence, Decided(NOW_US, "void", (Subject("event", about.id),)), desk.sender, operator=SUPERVISOR)


def _said(store: CentralStore) -> list[tuple[int, bool, str]]:
    wanted = select(words.c.number, words.c.is_valid, words.c.why).order_by(words.c.number)
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(wanted).all()]


def _outcomes(store: CentralStore, made: list[Event]) -> list[str]:
    with store.reading() as connection:
        rows = connection.execute(select(events.c.id, events.c.outcome)).all()
    found = {row.id: row.outcome for row in rows}
    return [found[one.id] for one in made]


def test_a_role_that_is_lost_between_two_batches_of_a_queue(
    store: CentralStore, warehouse_url: str, handheld: Handheld, held: list[Event]
) -> None:
    """What was said before goes on ruling; what waited on the device does not, and repeating changes neither."""
    first, second = (_void(handheld, number, about) for number, about in enumerate(held, 1))
    before = handheld.exchange(first).answers[0]
    with demoted(warehouse_url):
        pass
    after = handheld.exchange(second).answers[0]
    again = [handheld.exchange(one).answers[0] for one in (first, second)]
    assert before.reasons == again[0].reasons == ()
    assert "no_right" in after.reasons
    assert after.reasons == again[1].reasons
    assert _said(store) == [(1, True, ""), (2, False, "no_right")]
    assert _outcomes(store, held) == ["void", "held"]
    assert verify(store) == []


def test_a_role_that_is_lost_while_a_push_waits_for_the_lock_of_the_site(
    store: CentralStore, warehouse_url: str, handheld: Handheld, held: list[Event]
) -> None:
    """The push arrived before, and is judged behind what it waited for: both words of it by what is so then."""
    both = [_void(handheld, number, about) for number, about in enumerate(held, 1)]
    with ThreadPoolExecutor(1) as pool:
        with demoted(warehouse_url):
            pushed = pool.submit(handheld.exchange, *both)
            with pytest.raises(NotYetError):
                pushed.result(STILL_WAITS_S)
        answers = pushed.result(30).answers
    assert all("no_right" in answer.reasons for answer in answers)
    assert _said(store) == [(1, False, "no_right"), (2, False, "no_right")]
    assert _outcomes(store, held) == ["held", "held"]
    assert verify(store) == []
