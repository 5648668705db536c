"""What a list shows of a case: its row, where it is, and what it is worth."""

from collections.abc import Sequence

from msgspec.structs import replace

from scanner_app.domain.desk.case import Case, CaseKind, Opened
from scanner_app.domain.desk.marks import PAIR, QUIET
from scanner_app.domain.ledger import is_virtual
from scanner_app.domain.quantity import show_quantity
from scanner_app.workflows.lookups.words_waiting import Spoken
from scanner_app.workflows.parts.money import in_money
from scanner_app.workflows.questions.part import NOTHING_BESIDE, Part, amount, beside, code, extra, number, verdict
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise import claim_phrases as claims
from scanner_app.workflows.supervise.claim_phrases import MARKS


def not_hidden(cases: Sequence[Case], spoken: Spoken) -> tuple[Case, ...]:
    """Those that are not decided here already, and tell of no place of which whoever asks is told nothing."""
    shown = (case for case in cases if case.id not in spoken.ids and case.place not in spoken.hidden)
    return tuple(_without_pair(case) if case.pair and case.pair.place in spoken.hidden else case for case in shown)


def _without_pair(case: Case) -> Case:
    return replace(case, pair=None, marks=tuple(mark for mark in case.marks if mark != PAIR))


def without_hidden(opened: Opened, spoken: Spoken) -> Opened:
    """A case without what it tells of places of which whoever asks is told nothing."""
    if not spoken.hidden:
        return opened
    movements = tuple(one for one in opened.movements if one.place not in spoken.hidden)
    claim = opened.claim
    if claim:
        opposites = tuple(one for one in claim.opposites if one.place not in spoken.hidden)
        claim = replace(claim, opposites=opposites, zeros=tuple(one for one in claim.zeros if one not in spoken.hidden))
    return replace(opened, movements=movements, claim=claim)


def row(case: Case) -> tuple[Part, ...]:
    """Money first, then pieces, then where and what; what matters most of its marks, or its kind.

    What a count says needs no word for that; and which devices were not heard is told once, below the list.
    """
    mark = next((phrase for name, phrase in MARKS.items() if name in case.marks and name != QUIET), None)
    became = mark or say.KINDS.get(case.kind, say.OTHER_KIND)
    is_plain = mark is None and case.kind == CaseKind.CLAIM
    return (
        number(money(case)),
        amount(case.quantity, case.unit) if case.quantity else number(""),
        code(place(case.place)),
        code(case.item),
        code("") if is_plain else verdict(became, {"kind": case.kind}),
        *_beside(case),
        extra(case.name),
    )


def _beside(case: Case) -> tuple[Part, ...]:
    """Of a count what was counted and what the book had then, who counted, and where the same goods differ otherwise.

    Of all else the columns stay empty.
    """
    if case.kind != CaseKind.CLAIM:
        return (NOTHING_BESIDE,) * 4
    return (
        beside(claims.WAS_COUNTED, {"quantity": show_quantity(case.counted)}),
        beside(claims.BOOK_HAD, {"quantity": show_quantity(case.book)}),
        beside(claims.WAS_BY, {"who": case.operator}) if case.operator else NOTHING_BESIDE,
        _pair(case),
    )


def _pair(case: Case) -> Part:
    """Where the same goods differ the other way, and how far."""
    if case.pair is None:
        return NOTHING_BESIDE
    differs = show_quantity(case.pair.quantity)
    more = "+" if case.pair.quantity > 0 else ""
    return beside(claims.PAIR_AT, {"quantity": more + differs, "place": place(case.pair.place)})


def signed_value(case: Case) -> int:
    """What it is worth, below zero where the book loses it."""
    return case.signed_value


def money(case: Case) -> str:
    """What it is worth, signed as its pieces are; nothing where the item has no cost."""
    return in_money(case.signed_value) if case.value else ""


def place(name: str) -> str:
    """A hand has no label."""
    return "*" if is_virtual(name) else name
