"""Look up: what is at a place or on a plate, or where an item, a lot, a serial or the stock of an owner is.

Each look-up ends the script, and the next begins with what was found on screen. As a detour, what is looked at can be
carried back as the answer to the question that was interrupted. That it is damaged or wrong is one choice, and goes on
in Adjust with the place or the item.
"""

from collections.abc import Generator
from typing import Any

from msgspec.structs import replace

from scanner_app.domain.people import Right
from scanner_app.workflows.engine.script import Script, Start, Steps
from scanner_app.workflows.inquiry import phrases as say
from scanner_app.workflows.inquiry.lines import (
    apart,
    heads_of_rows,
    of_hits,
    of_item,
    of_items,
    of_places,
    of_plates,
    total,
)
from scanner_app.workflows.lookups.details import Details, DetailsOf
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.lookups.lots import Days, DaysOf
from scanner_app.workflows.lookups.places import Around, Neighbour, Neighbours
from scanner_app.workflows.lookups.plates import Plates, Standing
from scanner_app.workflows.lookups.search import Find, Hits
from scanner_app.workflows.lookups.stock import AtPlace, Marked, OfItem, Rows
from scanner_app.workflows.parts import phrases as part_phrases
from scanner_app.workflows.parts import wrong
from scanner_app.workflows.parts.source import WRONG
from scanner_app.workflows.phrases import book, labels
from scanner_app.workflows.questions import part
from scanner_app.workflows.questions.answers import Answer, Choice, Goods, Place, Text
from scanner_app.workflows.questions.ask.subject import AskSubject
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.shown import Shown

_CARRIED = ("place", "item", "lot", "serial")
OWN = "OWN"
_LABELS = {"lot": labels.LOT, "serial": labels.SERIAL, "owner": labels.OWNER}
Subject = Generator[Look, Any, AskSubject]
_WRONG = Option(WRONG, phrase=part_phrases.DAMAGED_OR_WRONG, letter="x")


def inquiry(
    operator: str, *, place: str = "", item: str = "", name: str = "", lot: str = "", serial: str = "",
    owner: str = "", search: str = "", detour: str = "",
) -> Steps:  # fmt: skip
    """Show what was asked for, then ask for the next."""
    if place:
        asked = yield from _place(place)
    elif item:
        asked = yield from _item(item, name, operator)
    elif lot or serial or owner:
        mark, code = next((mark, code) for mark, code in (("lot", lot), ("serial", serial), ("owner", owner)) if code)
        asked = yield from _marked(mark, code, operator)
    elif search:
        asked = yield from _searched(search)
    else:
        asked = _question()
    if detour and (place or item or lot or serial):
        asked = replace(asked, phrase=say.NEXT_OR_USE)
    if place or item:
        asked = replace(asked, options=(*asked.options, _WRONG))
    chosen: Answer = yield asked
    if isinstance(chosen, Choice) and chosen.value == WRONG:
        yield wrong.at(place, chosen.wall_us, "inquiry", item)
        return
    kept = {"detour": detour} if detour else {}
    yield Start("inquiry", {**_arguments(chosen), **kept})


def _arguments(chosen: Answer) -> dict[str, str]:
    """What the next look-up begins with."""
    if isinstance(chosen, Place):
        return {"place": chosen.place}
    if isinstance(chosen, Goods):
        return {"item": chosen.item, "name": chosen.name}
    if isinstance(chosen, Text):
        return {"search": chosen.text}
    assert isinstance(chosen, Choice), "there is no other answer to what is to be looked at"
    kind, _, code = chosen.value.partition(":")
    return {kind: code}


def _place(place: str) -> Subject:
    rows: Rows = yield AtPlace(place, tells_waiting=True)
    plates: Plates = yield Standing(place)
    beside: Neighbours = yield Around(place)
    shown = Shown(labels.PLACE, place if rows.state in ("", "open") else f"{place} ({rows.state})")
    return _question(
        (*heads_of_rows(rows), *_under(plates), shown, *apart(rows, is_at=True)),
        (*of_plates(plates), *of_items(rows)),
        nothing=() if rows.rows or plates.here else (Shown(phrase=say.EMPTY_PLACE),),
        more=rows.more,
        around=beside.spots,
        here=place,
    )


def _under(plates: Plates) -> tuple[Shown, ...]:
    """A plate may stand on others; the last in the row is a location."""
    *below, stands = plates.under or ("",)
    found = [(say.L_ON_PLATE, plate) for plate in below] + ([(labels.STANDS_AT, stands)] if stands else [])
    return tuple(Shown(label, text) for label, text in found)


def _item(item: str, name: str, operator: str) -> Subject:
    details: Details = yield DetailsOf(item)
    rows: Rows = yield OfItem(item)
    lots = tuple(sorted({row.lot for row in rows.rows if row.lot}))
    days: Days = (yield DaysOf(item, lots)) if lots else Days()
    shown = Shown(labels.GOODS, parts=(part.code(item), part.name(name or rows.name)))
    return _question(
        (*heads_of_rows(rows), *of_item(details), *total(rows), shown, *apart(rows)),
        of_places(rows, operator, days=days.by_lot),
        nothing=() if rows.rows else (Shown(phrase=say.NO_STOCK),),
        more=rows.more,
    )


def _marked(mark: str, code: str, operator: str) -> Subject:
    if (mark, code) == ("owner", OWN):
        return _question((Shown(labels.OWNER, OWN),), nothing=(Shown(phrase=say.OWN_STOCK),))
    rows: Rows = yield Marked(mark, code)
    return _question(
        (*heads_of_rows(rows), Shown(_LABELS[mark], parts=(part.code(code), part.name(rows.name))), *apart(rows)),
        of_places(rows, operator, is_named=True),
        nothing=() if rows.rows else (Shown(phrase=say.NO_STOCK),),
        more=rows.more,
    )


def _searched(text: str) -> Subject:
    hits: Hits = yield Find(text)
    return _question(
        (Shown(say.L_SEARCH, text),),
        of_hits(hits),
        nothing=() if hits.hits else (Shown(phrase=say.NOTHING_FOUND),),
        more=hits.more,
        phrase=say.WHICH_ONE if hits.hits else say.SCAN_OR_TYPE,
    )


def _question(
    heads: tuple[Shown, ...] = (),
    options: tuple[Option, ...] = (),
    *,
    nothing: tuple[Shown, ...] = (),
    more: int = 0,
    phrase: book.Phrase = say.SCAN_OR_TYPE,
    around: tuple[Neighbour, ...] = (),
    here: str = "",
) -> AskSubject:
    return AskSubject(
        slot="subject",
        phrase=phrase,
        help=say.HELP_SUBJECT,
        heads=(*heads, *((Shown(phrase=say.MORE_THERE),) if more else ())),
        lines=nothing,
        options=options,
        around=around,
        here=here,
    )


INQUIRY = Script(
    name="inquiry",
    title=say.INQUIRY,
    steps=inquiry,
    slots=("subject",),
    version=2,
    right=Right.INQUIRE,
    carried=_CARRIED,
)
