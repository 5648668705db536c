"""The lines of an open count: one of them is corrected by its number, which takes it out and counts it anew."""

from msgspec import Struct

from scanner_app.domain.events.annulled import Annulled
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.line import Line
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.quantity import SCALE, show_quantity
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.count import shown, whose
from scanner_app.workflows.count.line import next_line
from scanner_app.workflows.count.open import Count
from scanner_app.workflows.count.whose import Whose
from scanner_app.workflows.engine.script import Part, Post, Start
from scanner_app.workflows.lookups.counting import CountedRow, CountRows, RowsOfCount, SoFar
from scanner_app.workflows.lookups.goods import ItemRules, Rules
from scanner_app.workflows.lookups.stock_kinds import Kinds
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.said import Said
from scanner_app.workflows.questions.answers import Amount, Choice
from scanner_app.workflows.questions.ask.choice import AskChoice
from scanner_app.workflows.questions.ask.count import AskCount
from scanner_app.workflows.questions.option import ZERO, Option
from scanner_app.workflows.questions.shown import Shown

OLDER, MANY, OUT, BACK, WHOSE = "older", "many", "out", "back", "whose"
SLOTS = ("line", "wrong", "really")


class Really(Struct, frozen=True):
    """How many there are, and what is said of them, as it was put right at ``at_us`` (wall clock)."""

    quantity: int
    whose: Whose
    at_us: int


def corrected(count: Count, so_far: SoFar, kinds: Kinds) -> Part[Post | Start]:
    """Ask which line is wrong, and what is."""
    row = yield from _which(count)
    if row is None:
        return Start(count.script, count.again())
    many = () if row.plate or row.serial else (Option(MANY, phrase=say.MANY_WRONG),)
    of_whom = (Option(WHOSE, phrase=say.WHOSE_WRONG, number=4),) if kinds.is_any and not row.plate else ()
    options = (Option(BACK, phrase=say.BACK_TO_COUNT), Option(OUT, phrase=say.TAKE_OUT), *many, *of_whom)
    wrong: Choice = yield AskChoice(
        slot="wrong", phrase=say.WHAT_NOW, help=say.HELP_LINES, options=options, lines=(Shown(parts=shown.parts(row)),)
    )
    if wrong.value == OUT:
        return taken_out(count, row, wrong.wall_us)
    if wrong.value == MANY:
        return (yield from _anew(count, so_far, row))
    if wrong.value == WHOSE:
        said, at_us = yield from whose.asked(kinds, _said_of(row))
        return _counted_anew(count, so_far, row, Really(row.quantity, said, at_us))
    return Start(count.script, count.again())


def _which(count: Count) -> Part[CountedRow | None]:
    """The row that is chosen by the number of its line; None where there is none."""
    before = 0
    while True:
        found: CountRows = yield RowsOfCount(count.count, before)
        if not found.rows:
            return None
        older = (Option(OLDER, phrase=say.OLDER, number=ZERO),) if found.more else ()
        chosen: Choice = yield AskChoice(
            slot="line", phrase=say.LINES, help=say.HELP_LINES, options=(*shown.options(found.rows), *older)
        )
        if chosen.value != OLDER:
            return next((row for row in found.rows if str(row.line) == chosen.value), found.rows[0])
        before = found.rows[-1].line


def taken_out(count: Count, row: CountedRow, wall_us: int) -> Post:
    """A line never was, and that is said."""
    said = Said(say.TAKEN_OUT.key, "good", {"what": shown.words(row), "line": str(row.line)})
    return Post(Annulled(wall_us, row.event), count.again(), said)


def _anew(count: Count, so_far: SoFar, row: CountedRow) -> Part[Post]:
    """The same goods once more with the right number; the wrong line goes by the same entry."""
    rules: ItemRules = yield Rules(row.item)
    really: Amount = yield AskCount(
        slot="really", phrase=say.REALLY, help=say.HELP_MANY, label=labels.QUANTITY, arguments={"unit": row.unit},
        here=count.place, item="" if row.is_code else row.item, code=row.item if row.is_code else "", unit=row.unit,
        base_unit=row.unit, factor=SCALE, decimals=0 if row.is_code else rules.decimals, is_number=True,
    )  # fmt: skip
    return _counted_anew(count, so_far, row, Really(really.quantity, _said_of(row), really.wall_us))


def _said_of(row: CountedRow) -> Whose:
    return Whose(row.owner if row.is_owner_said else "", row.status if row.is_status_said else "")


def _counted_anew(count: Count, so_far: SoFar, row: CountedRow, really: Really) -> Post:
    """The line with what was wrong put right."""
    key, at_us = really.whose.of(StockKey(count.place, row.item, row.lot, row.serial)), really.at_us
    line = Line(
        count.count, key, really.quantity, at_us, at_us, row.unit, row.unit, row.item if row.is_code else "", row.word,
        is_owner_said=bool(really.whose.owner), is_status_said=bool(really.whose.status),
        recounts=count.recounted(row.item),
    )  # fmt: skip
    said = {"sum": f"{show_quantity(really.quantity)} {row.unit}".strip(), "item": row.item}
    said["line"] = str(next_line(so_far))
    undo = {"undo": row.event, "at": str(at_us), "what": shown.words(row), "line": str(row.line)}
    return Post(Counted(line), {**count.again(), **undo}, Said(say.LINE.key, "good", said))


def corrected_one(count: Count, given: dict[str, str]) -> Post:
    """The wrong line goes by the entry that has counted it anew."""
    said = Said(say.TAKEN_OUT.key, "good", {"what": given["what"], "line": given["line"]})
    return Post(Annulled(int(given["at"]), given["undo"]), count.again(), said)
