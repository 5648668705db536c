"""Seen: that somebody was at a count, with each entry, so that it is known when it was last gone on with."""

from scanner_app.domain.capture.entry import Entry, Source
from scanner_app.store.counts.own_counts import OwnCount
from scanner_app.store.store import Store
from scanner_app.workflows.count.open import BY_ITEM, WHOLE, Count
from scanner_app.workflows.engine.runner import Play


def seen(store: Store, play: Play, entry: Entry) -> None:
    """Note an entry that an open count has taken; what the centre answers is no entry of anybody."""
    if play.script.name not in (WHOLE, BY_ITEM) or entry.source is Source.CENTRE:
        return
    count = Count.of(play.arguments)
    if count.count:
        own = OwnCount(count.count, play.operator, count.place, count.within, count.begun_us, count.only)
        store.journal.counts.seen(own, entry.stamp.wall_us)
