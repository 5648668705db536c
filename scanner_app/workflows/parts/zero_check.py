"""Zero check: where goods or a plate leave a place with nothing by the book, it may be said whether it is empty.

One rule for every process: :func:`emptied` says which place that is. Where another scan follows anyway the two answers
are an offer beside that question (:func:`offer`), in nobody's way; where none does, it is a question of its own
(:func:`asked`). What was said goes with the event, and ``offer_count.py`` goes on where something is left.
"""

from collections.abc import Collection

from msgspec.structs import replace

from scanner_app.domain.ledger import StockKey, is_virtual
from scanner_app.domain.work.zero_check import EMPTY, NOT_EMPTY
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.load import Load
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.lookups.stock import Rows
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.quantity import Taken
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Choice, Goods, Place
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option

SLOTS = ("empty",)


def emptied(policies: Policies, taken: Taken) -> str:
    """The place that holds nothing more by the book once this is taken; empty text where none does.

    Of what the book does not have, or has more of, nothing is asked.
    """
    key, known = taken.stock.key, taken.stock.known
    if not 0 < known <= taken.quantity:
        return ""
    pieces = (replace(key, serial=piece.text) for piece in taken.pieces)
    return _left_bare(policies, key.place, taken.stock.held, {key, *pieces})


def emptied_of_all(policies: Policies, place: str, rows: Rows) -> str:
    """The same, of all rows that are known at a place."""
    return _left_bare(policies, place, rows, {row.key for row in rows.rows})


def _left_bare(policies: Policies, place: str, there: Rows, gone: Collection[StockKey]) -> str:
    is_all = bool(there.is_alone) and not there.more and all(row.key in gone for row in there.rows if row.quantity)
    return place if is_all and policies.zero_check and not is_virtual(place) else ""


def emptied_of_plate(policies: Policies, load: Load) -> str:
    """The place where a plate stands that is all there is, when it goes away."""
    return load.stands_alone_at if policies.zero_check else ""


def offer(place: str, first: int = 1) -> tuple[Option, ...]:
    """What can be said of a place that is empty by the book, by the numbers from ``first`` on; nothing of none."""
    if not place:
        return ()
    return (
        Option(EMPTY, phrase=say.EMPTY, arguments={"place": place}, number=first),
        Option(NOT_EMPTY, phrase=say.NOT_EMPTY, number=first + 1),
    )


def beside(where: AskPlace) -> Part[tuple[Place | Goods, str]]:
    """The answer to a question beside which it is offered, and what was said of the place; nothing where nobody did.

    Once it is said nothing else is left to be taken there.
    """
    answer: Place | Goods | Choice = yield where
    if not isinstance(answer, Choice):
        return answer, ""
    target: Place = yield replace(where, options=(), or_goods=False)
    return target, answer.value


def asked(place: str) -> Part[str]:
    """What is said of it where it is asked by itself; nothing of no place."""
    if not place:
        return ""
    chosen: Choice = yield AskChoice(
        slot="empty", phrase=say.IS_EMPTY, help=say.HELP_EMPTY, label=labels.EMPTY, arguments={"place": place},
        options=offer(place),
    )  # fmt: skip
    return chosen.value
