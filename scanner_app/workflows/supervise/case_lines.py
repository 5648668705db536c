"""A case in words: its row on the list, and everything that is known of it when it is opened."""

from collections.abc import Iterator

from scanner_app.domain.desk.case import Case, Leaf, Movement, Opened
from scanner_app.domain.desk.marks import YOURS
from scanner_app.domain.ledger import is_virtual
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.questions.part import Part, amount, code, name, number, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise.reason_phrases import BROKE, OTHER

Times = tuple[str, ...]


def times_in(opened: Opened) -> tuple[int, ...]:
    """The moments that are told of a case, in the order in which ``details`` wants them in words."""
    moments = (opened.happened_us, opened.received_us, opened.decided_us)
    return *moments, *(movement.at_us for movement in opened.movements)


def row(case: Case) -> tuple[Part, ...]:
    """Money first, then pieces, then where and what."""
    became = say.YOURS if YOURS in case.marks else say.KINDS.get(case.kind, say.OTHER_KIND)
    return (
        number(money(case)),
        _pieces(case),
        code(place(case.place)),
        code(case.item),
        verdict(became, {"kind": case.kind}),
        name(case.name),
    )


def money(case: Case) -> str:
    """What it is worth, signed as its pieces are; nothing where the item has no cost."""
    return in_money(-case.value if case.quantity < 0 else case.value) if case.value else ""


def in_money(micros: int) -> str:
    return f"{micros / SCALE:,.2f}"


def place(name: str) -> str:
    """A hand has no label."""
    return "*" if is_virtual(name) else name


def _pieces(case: Case) -> Part:
    return amount(case.quantity, case.unit) if case.quantity else number("")


def details(opened: Opened, times: Times) -> tuple[Shown, ...]:
    """What it is and what broke, who, when and where; then the movements around it."""
    shown = (*_lines(opened, times), *_movements(opened.movements, times[3:]))
    return tuple(line for line in shown if line.text or line.phrase or line.parts)


def _lines(opened: Opened, times: Times) -> Iterator[Shown]:
    case = opened.case
    yield Shown(parts=row(case))
    for reason in case.reasons:
        yield Shown(say.L_BROKE, phrase=BROKE.get(reason, OTHER), arguments={"reason": reason})
    yield Shown(say.L_WHO, case.operator)
    yield Shown(say.L_ON, opened.device_name or case.device)
    yield Shown(say.L_DONE, times[0])
    yield Shown(say.L_CAME, times[1])
    yield from map(_leaf, opened.leaves)
    if opened.decided_word:
        yield Shown(say.L_BEFORE, f"{opened.decided_word} {opened.decided_by} {times[2]}".rstrip())
    if hint := say.HINTS.get(case.kind):
        yield Shown(phrase=hint)


def _leaf(leaf: Leaf) -> Shown:
    text = place(leaf.text)
    return Shown(say.LEAVES[leaf.name], text) if leaf.name in say.LEAVES else Shown(text=f"{leaf.name} {text}")


def _movements(movements: tuple[Movement, ...], times: Times) -> Iterator[Shown]:
    for movement, at in zip(movements, times, strict=True):
        where = code(f"{place(movement.place)} {movement.operator}".strip())
        own = (verdict(say.SUBJECT_ROW),) if movement.is_subject else ()
        yield Shown(parts=(code(at), amount(movement.quantity, ""), where, code(movement.item), *own))
