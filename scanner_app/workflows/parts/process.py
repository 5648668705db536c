"""Which process: the pages of a menu, each a few scripts that are chosen by their numbers.

A number is a place on its page and the same for everybody, whatever their rights and whatever the site uses: hands
learn it, and somebody who types it without looking must not begin another process because of a right more or less. So
numbers are left out, and never given to something else. A process in a group has the group's digit before its own, by
which it is chosen from the first page as well.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from scanner_app.workflows.engine.script import Script, SignedOut, Start, Steps
from scanner_app.workflows.lookups.offers import Offer, Offers
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import ZERO, Option

SLOTS = ("process",)
ROWS_MAX = 8
"""So many rows a page has at 20x16; below a message of two rows it says how many more there are, a key away."""
SIGN_OUT = "sign_out"


class Listed(Struct, frozen=True):
    """A row of a menu: its ``number``, and the script it starts, or what it does otherwise, by a ``name``.

    A ``group`` is a page of rows. What ``gives_way`` is on another page where there are too many rows, the least first;
    what is ``beside`` a group stands on its page, where that is offered.
    """

    number: int
    name: str
    title: Phrase
    script: Script | None = None
    group: tuple["Listed", ...] = ()
    gives_way: int = 0
    beside: str = ""

    def is_offered(self, offer: Offer) -> bool:
        """Say whether an operator may begin it, and the site has a use for it; of a group, anything in it."""
        script = self.script
        if script is not None and script.right is not None and script.right not in offer.rights:
            return False
        if script is not None and script.uses is not None and script.uses not in offer.uses:
            return False
        return not self.group or any(row.is_offered(offer) for row in self.group)

    @property
    def option(self) -> Option:
        return Option(self.name, phrase=self.title, number=self.number or ZERO)


def row(number: int, script: Script, group: tuple[Listed, ...] = (), *, gives_way: int = 0, beside: str = "") -> Listed:
    """A script on a menu; one that is a menu itself, with the rows of its page."""
    return Listed(number, script.name, script.title, script, group, gives_way, beside)


def first_page(rows: tuple[Listed, ...], offer: Offer) -> tuple[Listed, ...]:
    """What is listed first: what is offered, and no more than fits."""
    offered = _at_the_top(rows, offer)
    givers = sorted((row for row in offered if row.gives_way), key=lambda row: row.gives_way)
    gone = givers[: max(0, len(offered) - ROWS_MAX)]
    return tuple(row for row in offered if row not in gone)


def other_page(rows: tuple[Listed, ...], own: tuple[Listed, ...], offer: Offer) -> tuple[Listed, ...]:
    """What is listed on the page that takes what gave way, behind its ``own``: no number is on both."""
    first = first_page(rows, offer)
    gave_way = tuple(row for row in _at_the_top(rows, offer) if row not in first)
    return (*(row for row in own if row.is_offered(offer)), *gave_way)


def _at_the_top(rows: tuple[Listed, ...], offer: Offer) -> tuple[Listed, ...]:
    """What is offered and is on no page of a group."""
    offered = tuple(row for row in rows if row.is_offered(offer))
    names = {row.name for row in offered}
    return tuple(row for row in offered if row.beside not in names)


def by_heart(rows: tuple[Listed, ...], offer: Offer) -> Iterator[Option]:
    """What is not on the first page: what gave way by its number, what is in a group by the group's and its own."""
    first = first_page(rows, offer)
    for group in rows:
        if group not in first and group.is_offered(offer):
            yield group.option
        for inner in group.group:
            if group.is_offered(offer) and inner.is_offered(offer):
                yield Option(inner.name, phrase=inner.title, number=group.number * 10 + inner.number)


def ask(listed: tuple[Listed, ...], others: tuple[Option, ...] = ()) -> AskChoice:
    """Ask which of the rows of a page; ``others`` may be chosen by whoever knows their numbers."""
    return AskChoice(
        slot="process", phrase=say.CHOOSE, help=say.HELP_CHOOSE, options=tuple(row.option for row in listed),
        unlisted=others,
    )  # fmt: skip


def begun(chosen: Choice) -> Start | SignedOut:
    """What a choice on a menu leads to."""
    return SignedOut() if chosen.value == SIGN_OUT else Start(chosen.value)


def started(rows: tuple[Listed, ...]) -> Callable[[str], Steps]:
    """The steps of a group: ask which of its rows, and start it."""

    def steps(operator: str) -> Steps:
        offer: Offer = yield Offers(operator)
        chosen: Choice = yield ask(tuple(row for row in rows if row.is_offered(offer)))
        yield begun(chosen)

    return steps
