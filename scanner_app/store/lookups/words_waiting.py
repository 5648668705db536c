"""Look-ups of words that were said on this device and wait to be sent."""

import sqlite3

import msgspec

from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.decided import SUBJECTS_MAX
from scanner_app.workflows.lookups.words_waiting import Spoken, WordsWaiting

EVENTS_MAX = 200
"""Of the events that wait, so many of the newest are looked at."""
_NEWEST = "SELECT e.payload FROM outbox o JOIN event e ON e.number = o.number ORDER BY o.number DESC LIMIT ?"


class _Subject(msgspec.Struct, array_like=True):
    kind: str
    id: str


class _Decided(msgspec.Struct, tag_field="kind", tag="decided"):
    subjects: list[_Subject]


class _Identified(msgspec.Struct, tag_field="kind", tag="identified"):
    what: str


class _Closed(msgspec.Struct, tag_field="kind", tag="count_closed"):
    closing: Closing


class _Event(msgspec.Struct):
    fact: _Decided | _Identified | _Closed


_event = msgspec.json.Decoder(_Event).decode


def words_waiting(database: sqlite3.Connection, wanted: WordsWaiting) -> Spoken:
    """What the words are about, the newest first."""
    del wanted
    ids: list[str] = []
    for (payload,) in database.execute(_NEWEST, (EVENTS_MAX,)):
        try:
            fact = _event(payload).fact
        except msgspec.DecodeError:  # another kind of event
            continue
        ids += _subjects(fact)
    return Spoken(tuple(ids[: 2 * SUBJECTS_MAX]))


def _subjects(fact: _Decided | _Identified | _Closed) -> list[str]:
    """The ids of the cases that a fact decides; that of a missing plate is the plate, which is said to be lost."""
    if isinstance(fact, _Closed):
        return [fact.closing.place] if fact.closing.is_said else []
    return [fact.what] if isinstance(fact, _Identified) else [subject.id for subject in fact.subjects]
