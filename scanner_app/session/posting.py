"""Posting: from the end of a script to an event in the journal; the envelope is filled in here."""

from collections.abc import Callable

from msgspec import UNSET

from scanner_app.domain.events.event import Event
from scanner_app.errors import StoreError
from scanner_app.session.context import Tools
from scanner_app.store.log import Logged
from scanner_app.store.store import Store
from scanner_app.workflows.engine.runner import Play
from scanner_app.workflows.engine.script import Post


def post(store: Store, tools: Tools, end: Post, play: Play, logged: Logged, *, today: Callable[[], str]) -> None:
    """Keep a fact as the event of the entry that completed it, and add it to its day where limits count by the day.

    ``today`` tells the day at the site.

    Raises:
        StoreError: the device is not enrolled, so the event would belong to no site.
    """
    enrolment = store.identity.enrolment
    if enrolment is None:
        raise StoreError("This device is not enrolled. Get a code from the centre, then: scanner enrol URL CODE")
    stamp = logged.entry.stamp
    event = Event(
        id=tools.new_id(),
        device=enrolment.device,
        epoch=store.identity.epoch,
        sequence=store.journal.next_sequence(store.identity.epoch),
        entry=logged.number,
        site=enrolment.site,
        operator=play.operator,
        wall_us=stamp.wall_us,
        monotonic_us=stamp.monotonic_us,
        boot=stamp.boot,
        program=tools.program,
        typed=_typed(end, play) or UNSET,
        fact=end.fact,
    )
    offset = store.identity.offset
    _count(store, event, today)
    store.journal.post(event, offset if offset is not None and offset.at.boot == stamp.boot else None, waits=end.waits)


def _typed(end: Post, play: Play) -> tuple[str, ...]:
    """Why codes of it were typed; what only ended it belongs to what follows."""
    is_of_next = end.first is not None and bool(play.given[-1].typed)
    return play.reasons.codes[:-1] if is_of_next else play.reasons.codes


def _count(store: Store, event: Event, today: Callable[[], str]) -> None:
    if not store.day_sums.are_kept:
        return
    root, sign = store.journal.root(event)
    if root is not None and root.fact.process:
        store.day_sums.count(root, today(), sign)
