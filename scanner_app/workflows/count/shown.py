"""A count as it is shown: its total, its newest lines, what is in the hand; and a quantity in words."""

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.domain.quantity import show_quantity
from scanner_app.workflows.count import phrases as say
from scanner_app.workflows.lookups.counting import CountedRow, SoFar
from scanner_app.workflows.lookups.stock import Rows
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import Part, amount, code, name, number
from scanner_app.workflows.questions.shown import Shown


def total(so_far: SoFar) -> tuple[Shown, ...]:
    """How many lines there are and what they make, in each base unit."""
    if not so_far.lines:
        return (Shown(phrase=say.NO_LINES),) if not so_far.plates else plates(so_far)
    made = ", ".join(f"{show_quantity(quantity)} {unit}".strip() for unit, quantity in so_far.sums) or "0"
    lines = Shown(phrase=say.SO_FAR, arguments={"count": str(so_far.lines), "sum": made})
    return lines, *plates(so_far)


def may_be_empty(so_far: SoFar) -> tuple[Shown, ...]:
    """How to say that nothing is there, as long as nothing is counted."""
    return () if so_far.lines or so_far.plates else (Shown(phrase=say.NOTHING_THERE),)


def plates(so_far: SoFar) -> tuple[Shown, ...]:
    """How many plates were seen; nothing where none was."""
    return (Shown(phrase=say.PLATES, arguments={"count": str(so_far.plates)}),) if so_far.plates else ()


def codes(so_far: SoFar) -> tuple[Shown, ...]:
    return (Shown(phrase=say.CODES, arguments={"count": str(so_far.codes)}),) if so_far.codes else ()


def in_hand(rows: Rows) -> tuple[Shown, ...]:
    """What the counter carries belongs to no place: it is counted nowhere."""
    held = (row for row in rows.rows if row.quantity > 0)
    return tuple(
        Shown(phrase=say.IN_HAND, arguments={"goods": f"{show_quantity(row.quantity)} {row.unit} {row.item}"})
        for row in held
    )


def newest(so_far: SoFar) -> tuple[Shown, ...]:
    return tuple(Shown(parts=(code(str(row.line)), *parts(row))) for row in so_far.newest)


def options(rows: tuple[CountedRow, ...]) -> tuple[Option, ...]:
    """Rows to choose from, each by the number of its line."""
    return tuple(Option(str(row.line), parts=parts(row), number=row.line) for row in rows)


def parts(row: CountedRow) -> tuple[Part, ...]:
    """A row in a list: the code of what nobody knew with a mark before it."""
    if row.plate:
        return code(row.plate), number(""), code(""), code(""), code(""), name("")
    what = f"?{row.item}" if row.is_code else row.item
    unusual = " ".join(one for one, usual in ((row.owner, OWN), (row.status, AVAILABLE)) if one not in ("", usual))
    marks = code(row.lot), code(row.serial), code(unusual)
    return code(what), amount(row.quantity, row.unit), *marks, name(row.word or row.name)


def words(row: CountedRow) -> str:
    """A row in a sentence."""
    return row.plate or f"{show_quantity(row.quantity)} {row.unit} {row.item}".replace("  ", " ")
