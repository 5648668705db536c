"""An unknown code: it is counted as it was read, with a word on it if the worker has one, and never refused."""

from msgspec import Struct

from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.line import WORD_LENGTH_MAX, Line
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE, show_quantity
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.count import whose
from scanner_app.workflows.count.line import next_line
from scanner_app.workflows.count.open import Count
from scanner_app.workflows.count.whose import Whose
from scanner_app.workflows.engine.script import Part, Post
from scanner_app.workflows.lookups.counting import SoFar
from scanner_app.workflows.lookups.stock_kinds import Kinds
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Amount, Answer, Choice, Text
from scanner_app.workflows.questions.ask.count import AskCount
from scanner_app.workflows.questions.ask.note import AskNote
from scanner_app.workflows.questions.part import code
from scanner_app.workflows.questions.shown import Shown

WORD = "word"
SLOTS = ("unknown", "word")


class Open(Struct, frozen=True):
    """The line as it is while it is open: how much, the worker's word, when it was scanned last, and what is said."""

    quantity: int
    word: str
    last_us: int
    whose: Whose
    kinds: Kinds


def counted(count: Count, so_far: SoFar, kinds: Kinds, read: Text) -> Part[Post]:
    """How many of what nobody knows; the same code once more is one more of it."""
    quantity, word, last_us = SCALE, "", read.wall_us
    said_of = count.whose.over(Whose(kinds.owner, kinds.status))
    while True:
        answer: Answer = yield _how_many(count, read, Open(quantity, word, last_us, said_of, kinds))
        if isinstance(answer, Choice) and answer.value == whose.WHOSE:
            said_of, _at_us = yield from whose.asked(kinds, said_of)
        elif isinstance(answer, Choice):
            word = (yield AskNote(
                slot="word", phrase=say.WORD, help=say.HELP_WORD, label=labels.NOTE, length_max=WORD_LENGTH_MAX
            )).text  # fmt: skip
        elif isinstance(answer, Text) and answer.text == read.text:
            quantity, last_us = quantity + SCALE, answer.wall_us
        else:
            break
    quantity = answer.quantity if isinstance(answer, Amount) else quantity
    line = Line(
        count.count, said_of.of(StockKey(count.place, read.text)), quantity, read.wall_us, answer.wall_us,
        code=read.text, word=word, is_owner_said=bool(said_of.owner), is_status_said=bool(said_of.status),
        recounts=count.recounted(read.text),
    )  # fmt: skip
    first = None if isinstance(answer, Amount) else answer
    said = {"sum": show_quantity(quantity), "item": read.text, "line": str(next_line(so_far))}
    return Post(Counted(line), count.again(just=first is None), Said(say.LINE.key, "good", said), first)


def _how_many(count: Count, read: Text, line: Open) -> AskCount:
    counted = Shown(labels.COUNTED, parts=(code(show_quantity(line.quantity)),))
    offer = () if line.word else (Shown(phrase=say.A_WORD),)
    return AskCount(
        slot="unknown", phrase=say.UNKNOWN_MANY, help=say.HELP_UNKNOWN, label=labels.QUANTITY, here=count.place,
        code=read.text, counted=line.quantity, last=read.text, last_us=line.last_us,
        dots=((".w", WORD), *whose.dots(line.kinds)), beside=(counted, *line.whose.facts),
        lines=(Shown(phrase=say.KEPT), *offer, *whose.hint(line.kinds)),
    )  # fmt: skip
