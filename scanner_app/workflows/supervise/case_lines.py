"""A case in words when it is opened: everything that is known of it, whatever its kind."""

from collections.abc import Iterator, Mapping

from scanner_app.domain.desk.case import CaseKind, Leaf, Movement, Opened
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.part import amount, code, verdict
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as say
from scanner_app.workflows.supervise.adjustment_lines import adjustment_lines, given_reasons
from scanner_app.workflows.supervise.claim_lines import claim_lines, moments, movement_lines
from scanner_app.workflows.supervise.missing_plate import plate_lines
from scanner_app.workflows.supervise.reason_phrases import BROKE, OTHER
from scanner_app.workflows.supervise.shown_case import place, row

Times = Mapping[int, str]
"""Moments (us) as people say them."""


def times_in(opened: Opened) -> tuple[int, ...]:
    """The moments that are told of a case, each once."""
    told = [opened.happened_us, opened.received_us, opened.decided_us]
    told += [movement.at_us for movement in opened.movements]
    told += moments(opened.claim) if opened.claim else ()
    told += (opened.plate.since_us, opened.plate.closed_us) if opened.plate else ()
    return tuple(dict.fromkeys(told))


def reasons_in(opened: Opened) -> tuple[str, ...]:
    """The codes of the reasons of the site that are told of a case."""
    return tuple(given_reasons(opened)) if opened.case.kind == CaseKind.ADJUSTMENT else ()


def details(opened: Opened, words: tuple[str, ...], reasons: Mapping[str, str]) -> tuple[Shown, ...]:
    """What it is and what broke, who, when and where; then the movements around it.

    ``words`` are those of ``times_in``, in their order, ``reasons`` what those of ``reasons_in`` are called.
    """
    times = dict(zip(times_in(opened), words, strict=True))
    shown = (*_lines(opened, times, reasons), *_around(opened, times))
    return tuple(line for line in shown if line.text or line.phrase or line.parts)


def _lines(opened: Opened, times: Times, reasons: Mapping[str, str]) -> Iterator[Shown]:
    if opened.claim:
        yield from claim_lines(opened, opened.claim, times)
    elif opened.case.kind == CaseKind.ADJUSTMENT:
        yield from adjustment_lines(opened, times, reasons)
    elif opened.plate:
        yield from plate_lines(opened.plate, times)
    else:
        yield from _of_event(opened, times)
    if opened.decided_word:
        said = f"{opened.decided_word} {opened.decided_by} {times[opened.decided_us]}"
        yield Shown(say.L_BEFORE, said.rstrip())
    if hint := say.HINTS.get(opened.case.kind):
        yield Shown(phrase=hint)


def _of_event(opened: Opened, times: Times) -> Iterator[Shown]:
    case = opened.case
    yield Shown(parts=row(case))
    yield Shown(say.L_CODE if case.kind == CaseKind.NAMED_CODE else labels.NOTE, case.note)
    for reason in case.reasons:
        yield Shown(say.L_BROKE, phrase=BROKE.get(reason, OTHER), arguments={"reason": reason})
    yield Shown(say.L_WHO, case.operator)
    yield Shown(say.L_ON, opened.device_name or case.device)
    yield Shown(say.L_DONE, times[opened.happened_us])
    yield Shown(say.L_CAME, times[opened.received_us])
    yield from map(_leaf, opened.leaves)


def _leaf(leaf: Leaf) -> Shown:
    text = place(leaf.text)
    return Shown(say.LEAVES[leaf.name], text) if leaf.name in say.LEAVES else Shown(text=f"{leaf.name} {text}")


def _around(opened: Opened, times: Times) -> Iterator[Shown]:
    if opened.claim:
        yield from movement_lines(opened.movements, times)
    else:
        yield from (_movement(movement, times) for movement in opened.movements)


def _movement(movement: Movement, times: Times) -> Shown:
    where = code(f"{place(movement.place)} {movement.operator}".strip())
    own = (verdict(say.SUBJECT_ROW),) if movement.is_subject else ()
    moved = amount(movement.quantity, "")
    return Shown(parts=(code(times[movement.at_us]), moved, where, code(movement.item), *own))
