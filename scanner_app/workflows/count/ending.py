"""The end of a count: the fact that closes it."""

from msgspec import UNSET

from scanner_app.domain.events.closing import Closing
from scanner_app.domain.events.count_closed import CountClosed
from scanner_app.workflows.count import item_phrases as of_item
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.count.open import Count
from scanner_app.workflows.engine.script import Post
from scanner_app.workflows.lookups.counting import SoFar
from scanner_app.workflows.phrases.said import Said


def closed(count: Count, so_far: SoFar, wall_us: int, again: dict[str, str]) -> Post:
    """Nothing else is there, or no more of the one item that was counted."""
    closing = Closing(
        count.count, count.place, so_far.lines_made, so_far.plates_made, count.begun_us, wall_us, count.only or UNSET
    )
    told = {"item": count.only, "place": count.place} if count.only else {"place": count.place}
    phrase = of_item.CLOSED if count.only else say.CLOSED
    return Post(CountClosed(closing), again, Said(phrase.key, "good", told))
