"""The centre dies between the commit of a word and its answer: the word is neither lost nor counted twice."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from scanner_app.domain.events.decided import Decided
from scanner_app.domain.events.saying import Subject
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.database.tables import came_back, counters, events, words
from sync.central.exchange.threads import now_us
from sync.central.sites.administration import invite
from sync.protocol import Outcome
from tests.central.serving import Handheld, let_them_be_old, served
from tests.central.warehouse import NOW_US, SITE, event, move, push

DYING = Path(__file__).with_name("dying_centre.py")


@contextmanager
def dying(url: str) -> Iterator[str]:
    """Run a centre that dies of the first word; give its address."""
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", f"import runpy; runpy.run_path({str(DYING)!r}, run_name='__main__')", url]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as centre:
        assert centre.stdout is not None
        try:
            yield f"http://127.0.0.1:{centre.stdout.readline().strip()}"
            assert centre.wait(20) == -signal.SIGKILL
        finally:
            centre.kill()


def test_a_word_whose_answer_was_lost_is_said_once(store: CentralStore, warehouse_url: str) -> None:
    held = event(1, move("A", "C", 1, "WHAT"))
    push(store, [held])
    with dying(warehouse_url) as address:
        desk = Handheld(address, invite(store, SITE, now_us()), "desk")
        let_them_be_old(store)
        said = event(1, Decided(NOW_US, "void", (Subject("event", held.id),)), desk.sender, operator="s1")
        with pytest.raises(httpx2.TransportError):
            desk.exchange(said)
    with served(store) as address:
        desk.http = httpx2.Client(base_url=address, timeout=30)
        again = [desk.exchange(said).answers[0] for _ in range(2)]
        desk.http.close()
    assert [(one.outcome, one.duplicate) for one in again] == [(Outcome.POSTED, True)] * 2
    with store.reading() as connection:
        assert connection.execute(select(words.c.number, words.c.is_valid)).all() == [(1, True)]
        given = connection.execute(select(counters.c.word, counters.c.back).where(counters.c.site == SITE)).one()
        assert tuple(given) == (1, 1)
        assert connection.execute(select(came_back.c.event)).scalars().all() == [held.id]
        assert connection.execute(select(events.c.outcome).where(events.c.id == held.id)).scalar() == "void"
    assert verify(store) == []
