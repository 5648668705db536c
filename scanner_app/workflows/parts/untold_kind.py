"""Whose goods are and of which status, asked of a worker who is not told what the book has there: they can see it.

Offered is what the site knows, the same whatever the book has; as usual is one answer.
"""

from msgspec.structs import replace

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.domain.ledger import StockKey
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.stock_kinds import Kinds, KindsAt, Named
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import code, name

SLOTS = ("kind", "stock_owner", "stock_status")
_USUAL, _OTHER = "usual", "other"


def asked(key: StockKey) -> Part[StockKey]:
    """The key with its owner and status, which are asked only where the site knows others."""
    kinds: Kinds = yield KindsAt(key.place)
    usual = replace(key, owner=kinds.owner or OWN, status=kinds.status or AVAILABLE)
    if not kinds.is_any:
        return usual
    as_usual = code(usual.owner), code(usual.status)
    options = (Option(_USUAL, parts=as_usual), Option(_OTHER, phrase=say.OTHER_KIND))
    chosen: Choice = yield AskChoice(
        slot="kind", phrase=say.WHOSE, help=say.HELP_STOCK, options=options, label=labels.STOCK
    )
    if chosen.value == _USUAL:
        return usual
    owner = yield from _one("stock_owner", labels.OWNER, kinds.owners, usual.owner)
    status = yield from _one("stock_status", labels.STATUS, kinds.statuses, usual.status)
    return replace(usual, owner=owner, status=status)


def _one(slot: str, label: Phrase, named: tuple[Named, ...], usual: str) -> Part[str]:
    """One of them, by its number; not asked where there is only the usual one."""
    if not named:
        return usual
    options = tuple(Option(one.code, parts=(code(one.code), name(one.name)), answer=(code(one.code),)) for one in named)
    asks = say.WHICH_OWNER if slot == "stock_owner" else say.WHICH_STATUS
    chosen: Choice = yield AskChoice(slot=slot, phrase=asks, help=say.HELP_STOCK, options=options, label=label)
    return chosen.value
