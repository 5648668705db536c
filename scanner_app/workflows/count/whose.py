"""Whose goods are, and of which status, where somebody says so: the worker, or the profile of the place.

Nobody is told what the book has: offered is what the site knows, the same at every place.
"""

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.domain.ledger import StockKey
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.engine.script import Part as Steps
from scanner_app.workflows.lookups.stock_kinds import Kinds, Named
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import ZERO, Option
from scanner_app.workflows.questions.part import code, name
from scanner_app.workflows.questions.shown import Shown

WHOSE = "whose"
DOT = ".d"
SLOTS = ("whose",)
_OWNER, _STATUS, _NOTHING = "owner", "status", "-"


class Whose(Struct, frozen=True):
    """``owner`` and ``status`` are empty where nobody said them: such goods are taken for ours, and available."""

    owner: str = ""
    status: str = ""

    def over(self, other: "Whose") -> "Whose":
        """What is said here, and of what is not what was said before.

        >>> Whose("ACME").over(Whose("OWN", "HOLD"))
        Whose(owner='ACME', status='HOLD')
        """
        return Whose(self.owner or other.owner, self.status or other.status)

    def of(self, key: StockKey) -> StockKey:
        return replace(key, owner=self.owner or OWN, status=self.status or AVAILABLE)

    @property
    def facts(self) -> tuple[Shown, ...]:
        """What is said, beside a question."""
        said = ((labels.OWNER, self.owner), (labels.STATUS, self.status))
        return tuple(Shown(label, parts=(code(text),)) for label, text in said if text)


def dots(kinds: Kinds) -> tuple[tuple[str, str], ...]:
    """What is typed to say it, where there is anything to say."""
    return ((DOT, WHOSE),) if kinds.is_any else ()


def hint(kinds: Kinds) -> tuple[Shown, ...]:
    return (Shown(phrase=say.DOT_WHOSE),) if kinds.is_any else ()


def asked(kinds: Kinds, so_far: Whose) -> Steps[tuple[Whose, int]]:
    """One owner or one status is chosen, over what was said ``so_far``, or nothing at all; and when (wall clock)."""
    nothing = Option(_NOTHING, phrase=say.NOTHING_SAID, number=ZERO)
    options = (*_options(_OWNER, kinds.owners), *_options(_STATUS, kinds.statuses), nothing)
    chosen: Choice = yield AskChoice(
        slot="whose", phrase=say.WHICH_WHOSE, help=say.HELP_WHOSE, options=options, lines=so_far.facts
    )
    what, _, value = chosen.value.partition(":")
    said = Whose() if what == _NOTHING else replace(so_far, **{what: value})
    return said, chosen.wall_us


def _options(what: str, named: tuple[Named, ...]) -> tuple[Option, ...]:
    return tuple(
        Option(f"{what}:{one.code}", parts=(code(one.code), name(one.name)), answer=(code(one.code),)) for one in named
    )
