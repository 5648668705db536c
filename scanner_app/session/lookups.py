"""How the look-ups of scripts are answered. Whatever a worker gets to know of the book passes through ``value``."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Unreadable, read
from scanner_app.session.context import Tools
from scanner_app.session.site_clock import SiteClock
from scanner_app.store.store import Store
from scanner_app.workflows.lookups import look
from scanner_app.workflows.lookups.look import Hit, Policies, Value
from scanner_app.workflows.questions.facts import Facts


class Looking:
    """Belongs to the thread that owns the store."""

    def __init__(self, store: Store, tools: Tools, clock: SiteClock, policies: Policies) -> None:
        self._store = store
        self._tools = tools
        self._clock = clock
        catalog, inquiries = store.catalog, store.inquiries
        self._answers: dict[type, Callable[[Any], Value]] = {
            look.Rules: catalog.rules,
            look.Held: catalog.held,
            look.StatusOf: catalog.is_blocking,
            look.Where: store.places.where,
            look.Besides: store.places.besides,
            look.ToPut: store.places.to_put,
            look.Policy: lambda _wanted: policies,
            look.AtPlace: inquiries.at_place,
            look.OfItem: inquiries.of_item,
            look.Marked: inquiries.marked,
            look.Standing: inquiries.standing,
            look.Around: inquiries.around,
            look.Find: self._find,
            look.Mine: lambda wanted: self._mine(store.mine.newest(wanted, tools.stamp().wall_us)),
            look.OneOfMine: lambda wanted: self._mine(store.mine.one(wanted)),
            look.Challenge: lambda wanted: look.Digits(tools.digits(wanted.digits)),
        }

    def value(self, wanted: object) -> Value:
        """The value that a script is told, and that its log keeps."""
        value = self._answers[type(wanted)](wanted)
        if isinstance(value, look.Rows) and not isinstance(wanted, look.Held):
            return replace(value, as_of=self._as_of())
        return value

    def _mine(self, found: look.MyEvents) -> look.MyEvents:
        """With the time of day at the site."""
        return replace(found, events=tuple(replace(one, at=self._clock.words(one.wall_us)) for one in found.events))

    def _as_of(self) -> str:
        exchanged_us = self._store.identity.exchanged_us
        return self._clock.words(exchanged_us) if exchanged_us else ""

    def _find(self, wanted: look.Find) -> look.Hits:
        reading = read(wanted.text.encode())
        if isinstance(reading, Unreadable):
            return look.Hits(())
        facts = self._store.catalog.identify(reading.codes, people=False)
        return self._store.inquiries.find(wanted, (*_hits(facts), *self._store.inquiries.marks(reading.codes)))


def _hits(facts: Facts) -> list[Hit]:
    places = [Hit("place", found.place) for found in facts.places]
    return places + [Hit("item", found.item, found.name) for found in facts.goods]
