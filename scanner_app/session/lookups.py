"""Look-ups of scripts: how each is answered. Whatever a worker gets to know of the book passes through ``value``."""

from msgspec.structs import replace

from scanner_app.domain.capture.barcode import Unreadable, read
from scanner_app.domain.work.lease import HEARD_US, LEASE_US
from scanner_app.session.context import Tools
from scanner_app.session.counting.blind import NOTHING, Blind
from scanner_app.session.counting.untold import untold
from scanner_app.session.site_clock import SiteClock
from scanner_app.store.lookups.answers import Answers
from scanner_app.store.store import Store
from scanner_app.workflows.lookups.challenge import Challenge, Digits
from scanner_app.workflows.lookups.counting import AskedFor, Counts, CountsAskedFor, CountsHere
from scanner_app.workflows.lookups.kinds import Value
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.lookups.lots import DaysOf
from scanner_app.workflows.lookups.order_id import NewOrder, OrderId
from scanner_app.workflows.lookups.own_events import Mine, MyEvents, OneOfMine
from scanner_app.workflows.lookups.policy import Again, AgainIsMore, Policies, Policy
from scanner_app.workflows.lookups.search import Find, Hit, Hits
from scanner_app.workflows.lookups.stock import Rows
from scanner_app.workflows.lookups.times import Times, TimesOf
from scanner_app.workflows.lookups.within import Far, Within
from scanner_app.workflows.lookups.work import Line, NextPlaces, WalkOfItem, Wanted
from scanner_app.workflows.questions.facts import Facts

_TIME_US_MAX = 4_000_000_000_000_000
"""What lies behind it (2096) is no time that a centre can mean."""


class LookUps:
    """Belongs to the thread that owns the store.

    ``entry_us`` is the wall clock of the entry that is taken, 0 before the first. ``answers`` is how each kind of
    look-up is answered: by the store, or here with what else the session knows.
    """

    def __init__(
        self, store: Store, tools: Tools, clock: SiteClock, policies: Policies, *, again_is_more: bool = False,
        blind: Blind | None = None,
    ) -> None:  # fmt: skip
        self._store = store
        self._tools = tools
        self._clock = clock
        self._hidden = blind.hidden if blind else lambda: NOTHING
        self._is_told = blind.is_told if blind else lambda _operator: False
        self.entry_us = 0
        self.answers: Answers = {
            **store.answers,
            Policy: lambda _look: policies,
            AgainIsMore: lambda _look: Again(again_is_more),
            Find: self._hits,
            Mine: self._newest,
            DaysOf: lambda look: replace(store.catalog.days(look), today=clock.today()),
            OneOfMine: lambda look: self._timed(store.mine.one(look)),
            NewOrder: lambda _look: OrderId(tools.new_id()),
            TimesOf: lambda look: Times(
                tuple(clock.words(us) if 0 < us < _TIME_US_MAX else "" for us in look.times_us)
            ),
            Within: self._within,
            CountsHere: self._counts_here,
            CountsAskedFor: self._asked_for,
            NextPlaces: self._next_places,
            WalkOfItem: lambda look: store.item_walks.walk(look, is_told=self._is_told(look.operator)),
            Challenge: lambda look: Digits(tools.digits(look.digits)),
        }

    def value(self, look: Look) -> Value:
        """The value that a script is told, and that its log keeps."""
        value = self.answers[type(look)](look)
        if hidden := self._hidden():
            value = untold(look, value, hidden)
        return replace(value, as_of=self._as_of()) if look.is_dated and isinstance(value, Rows) else value

    def _newest(self, look: Mine) -> MyEvents:
        return self._timed(self._store.mine.newest(look, self._tools.stamp().wall_us))

    def _timed(self, mine: MyEvents) -> MyEvents:
        """With the time of day at the site."""
        return replace(mine, events=tuple(replace(event, at=self._clock.words(event.wall_us)) for event in mine.events))

    def _within(self, look: Within) -> Far:
        """How far it goes; percents of what is at a hidden place are not taken, as they would tell of it."""
        return self._store.limits.within(look, self._clock.today, self._hidden())

    def _counts_here(self, look: CountsHere) -> Counts:
        """Counts of a place with their times of day; one's own only as long as it can be gone on with."""
        here = self._store.counts.here(look, self._tools.stamp().wall_us, self._clock.behind_us())
        others = tuple(replace(one, at=self._clock.words(one.since_us)) for one in here.others)
        return replace(here, at=self._clock.words(here.begun_us) if here.own else "", others=others)

    def _asked_for(self, look: CountsAskedFor) -> AskedFor:
        """What is to be counted somewhere; whether it is free is asked only where the centre cannot say so."""
        rows = self._store.counts.asked_for(look).rows
        is_reached = self._is_reached()
        return AskedFor(
            tuple(
                replace(row, at=self._clock.words(row.since_us), is_free=row.is_free and not is_reached) for row in rows
            )
        )

    def _next_places(self, look: NextPlaces) -> Line:
        """Where somebody is sent; what is asked for ahead is asked for by the entry that is taken."""
        line = self._store.next_places.next(
            look, self._tools.stamp().wall_us, self._clock.behind_us(), is_reached=self._is_reached()
        )
        until_us = self.entry_us + LEASE_US if line.ask and self.entry_us else 0
        return replace(
            line, rows=tuple(map(self._at, line.rows)), later=tuple(map(self._at, line.later)),
            ask=line.ask if until_us else (), wall_us=self.entry_us if until_us else 0, until_us=until_us,
        )  # fmt: skip

    def _at(self, row: Wanted) -> Wanted:
        return replace(row, at=self._clock.words(row.at_us)) if row.at_us else row

    def _is_reached(self) -> bool:
        """Whether the centre was heard of a moment ago."""
        exchanged_us = self._store.identity.exchanged_us
        return bool(exchanged_us) and self._tools.stamp().wall_us - exchanged_us < HEARD_US

    def _as_of(self) -> str:
        exchanged_us = self._store.identity.exchanged_us
        return self._clock.words(exchanged_us) if exchanged_us else ""

    def _hits(self, look: Find) -> Hits:
        reading = read(look.text.encode())
        if isinstance(reading, Unreadable):
            return Hits(())
        facts = self._store.catalog.identify(reading.codes, people=False)
        return self._store.inquiries.find(
            look, (*_meanings(facts), *self._store.inquiries.marks(reading.codes, self._hidden()))
        )


def _meanings(facts: Facts) -> list[Hit]:
    places = [Hit("place", place.place) for place in facts.places]
    return places + [Hit("item", goods.item, goods.name) for goods in facts.goods]
