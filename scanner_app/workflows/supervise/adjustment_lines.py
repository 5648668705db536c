"""An adjustment in words when it is opened: what would change, why it was done and why it waits; then who and when."""

from collections.abc import Iterator, Mapping

from scanner_app.domain.catalog import OWN
from scanner_app.domain.desk.case import Leaf, Opened
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.part import amount, code, name, number
from scanner_app.workflows.questions.shown import Shown
from scanner_app.workflows.supervise import case_phrases as cases
from scanner_app.workflows.supervise import claim_phrases as say
from scanner_app.workflows.supervise.reason_phrases import BROKE, OTHER
from scanner_app.workflows.supervise.shown_case import money, place

_TOLD_OTHERWISE = ("kind", "from", "to", "status")
_OF_GOODS = {"lot": labels.LOT, "serial": labels.SERIAL, "owner": labels.OWNER}


def given_reasons(opened: Opened) -> Iterator[str]:
    """The codes of the reasons that were given for it."""
    yield from (leaf.text for leaf in opened.leaves if leaf.name == "reason")


def adjustment_lines(opened: Opened, times: Mapping[int, str], reasons: Mapping[str, str]) -> Iterator[Shown]:
    """Always in one order: place and goods, by how much, money; why; who and when. Nothing of it is in the book.

    ``reasons`` is what these are called, by their codes.
    """
    case = opened.case
    yield Shown(parts=(code(place(case.place)), code(case.item)))
    yield Shown(labels.GOODS, parts=(name(case.name),))
    yield Shown(parts=(amount(case.quantity, case.unit), number(money(case))))
    yield Shown(phrase=say.NOT_IN_THE_BOOK)
    for leaf in opened.leaves:
        if leaf.name not in _TOLD_OTHERWISE and (leaf.name, leaf.text) != ("owner", OWN):
            yield _leaf(leaf, case.status, reasons)
    for reason in case.reasons:
        yield Shown(cases.L_BROKE, phrase=BROKE.get(reason, OTHER), arguments={"reason": reason})
    yield Shown(cases.L_WHO, case.operator)
    yield Shown(cases.L_ON, opened.device_name or case.device)
    yield Shown(cases.L_DONE, times[opened.happened_us])
    yield Shown(cases.L_CAME, times[opened.received_us])


def _leaf(leaf: Leaf, status: str, reasons: Mapping[str, str]) -> Shown:
    if leaf.name == "reason":
        return Shown(labels.REASON, parts=(name(reasons.get(leaf.text, leaf.text)),))
    if leaf.name == "note":
        return Shown(labels.NOTE, leaf.text)
    if leaf.name == "status_after":
        return Shown(labels.STATUS, f"{status} > {leaf.text}")
    if leaf.name == "over":
        return _over(leaf.text)
    if leaf.name == "twice":
        return Shown(phrase=say.TWICE, arguments={"who": leaf.text})
    label = _OF_GOODS.get(leaf.name)
    return Shown(label, leaf.text) if label else Shown(text=f"{leaf.name} {leaf.text}")


def _over(text: str) -> Shown:
    """A bound that it goes above, as the centre tells it: of an event or of a day, of what, and how much."""
    per, what, bound = (*text.split(":"), "", "")[:3]
    phrase = say.ADJUSTED_OVER.get((per, what))
    limit = f"{int(bound) / SCALE:,g}" if bound.isascii() and bound.isdigit() else bound
    return Shown(say.L_OVER, phrase=phrase, arguments={"limit": limit}) if phrase else Shown(say.L_OVER, text)
