"""Words of the centre: an administrator says one on events that wait, and it is judged as anybody's would be.

It is an event like those of devices, of a device and an operator that nobody else can be.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from scanner_app.domain.catalog import Item
from scanner_app.domain.desk.words_of import RULING_NOTHING
from scanner_app.domain.events.decided import SUBJECTS_MAX, Decided
from scanner_app.domain.events.event import Event
from scanner_app.domain.events.identified import Identified
from scanner_app.domain.events.saying import Naming
from scanner_app.domain.people import CENTRE
from scanner_app.errors import CentralError
from sync.central.book.counters import locked_counters
from sync.central.database.master_tables import BY_STRUCT
from sync.central.database.repeatable import ordered
from sync.central.database.store import CentralStore
from sync.central.database.tables import events, words
from sync.central.decisions.subjects_named import subjects_named
from sync.central.events.sender import Sender
from sync.central.events.stored import stored_events
from sync.central.intake.apply import apply_batch
from sync.protocol import Outcome

EPOCH = 2
"""Of the events that say words; those of the first opened stock."""
_LAST = select(func.max(events.c.sequence)).where(
    events.c.site == bindparam("of_site"), events.c.device == CENTRE, events.c.epoch == EPOCH
)
_HEARD = (
    select(words.c.subject, words.c.why, words.c.by, words.c.outcome)
    .where(words.c.site == bindparam("of_site"), words.c.event == bindparam("of_event"))
    .order_by(words.c.number)
)
_items = BY_STRUCT[Item].table.c
_ITEM = select(_items.item).where(_items.site == bindparam("of_site"), _items.item == bindparam("of_item"))

_NO_ITEM = "Site {site} has no item {item}. Import it first, or name another."
_TOO_MANY = f"A word is said on {SUBJECTS_MAX} at once at most, with all that is one row of the list with them."
_NOT_KEPT = "Nothing was said: an id, the reason or the note is too long, or holds characters that cannot be printed."


class WordMeant(NamedTuple):
    """A word that is to be said of events, claims, closings or plates, under the ``id`` of its event: it is said once.

    With ``naming`` it says of one subject which item an unknown code of it is.
    """

    id: str
    word: str
    subjects: Sequence[str]
    reason: str = ""
    note: str = ""
    naming: Naming | None = None


class WordHeard(NamedTuple):
    """What came of a word on one event: its ``outcome`` then, or ``why`` the word does not rule, and ``by`` whom."""

    subject: str
    why: str
    by: str
    outcome: str


def say(store: CentralStore, site: str, meant: WordMeant, now_us: int) -> list[WordHeard]:
    """Say a word, and return what came of it on each of its subjects.

    Raises:
        CentralError: these are too many at once, or what is said is nothing that can be kept.
    """
    if len(meant.subjects) > SUBJECTS_MAX:
        raise CentralError(_TOO_MANY)

    def heard(connection: Connection) -> list[WordHeard]:
        locked_counters(connection, site)
        if meant.naming and not connection.execute(_ITEM, {"of_site": site, "of_item": meant.naming.item}).first():
            raise CentralError(_NO_ITEM.format(site=site, item=meant.naming.item))
        if not stored_events(connection, site, [meant.id]):
            sender = Sender(site, CENTRE, EPOCH, is_centre=True)
            [answer] = apply_batch(connection, sender, [_event(connection, site, meant, now_us)], now_us)
            if answer.outcome is Outcome.NOT_ACCEPTED:
                raise CentralError(_NOT_KEPT)
        rows = connection.execute(_HEARD, {"of_site": site, "of_event": meant.id}).all()
        return [WordHeard(*row) for row in rows]

    return ordered(store, heard)


def _event(connection: Connection, site: str, meant: WordMeant, now_us: int) -> bytes:
    """The event that says it."""
    sequence = (connection.execute(_LAST, {"of_site": site}).scalar() or 0) + 1
    return msgspec.json.encode(
        Event(
            id=meant.id,
            device=CENTRE,
            epoch=EPOCH,
            sequence=sequence,
            entry=sequence,
            site=site,
            operator=CENTRE,
            wall_us=now_us,
            monotonic_us=0,
            boot="",
            program=CENTRE,
            fact=_fact(connection, site, meant, now_us),
        )
    )


def _fact(connection: Connection, site: str, meant: WordMeant, now_us: int) -> Decided | Identified:
    """Whoever says it here has seen what was said before."""
    if naming := meant.naming:
        (what,) = meant.subjects
        return Identified(now_us, what, naming.code, naming.item, naming.unit, meant.reason, meant.note)
    subjects = subjects_named(connection, site, meant.subjects, alone=meant.word in RULING_NOTHING)
    if len(subjects) > SUBJECTS_MAX:
        raise CentralError(_TOO_MANY)
    return Decided(now_us, meant.word, subjects, meant.reason, meant.note)
