"""The source, where goods come from: asks for the place and the goods, in either order, or for a plate as a whole."""

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.domain.catalog import LocationState
from scanner_app.domain.work.zero_check import ZERO_CHECKS
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.load import Load, LoadOf
from scanner_app.workflows.lookups.places import Where, Whereabouts
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.lookups.stock import AtPlace, Rows
from scanner_app.workflows.parts import beside, zero_check
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.parts.rows import ROWS_MAX
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.phrases.book import Phrase
from scanner_app.workflows.questions.answers import Choice, Goods, Place
from scanner_app.workflows.questions.ask.goods import AskGoods
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.option import Option
from scanner_app.workflows.questions.part import code
from scanner_app.workflows.questions.shown import Shown

SLOTS = ("source", "source_digits", "goods")


class LocatedGoods(Struct, frozen=True):
    """Goods where they are taken from; ``wall_us`` is when the later of the two was scanned."""

    place: str
    is_plate: bool
    what: Goods
    wall_us: int


class WholePlate(Struct, frozen=True):
    """A plate with all that is on it, where it is put, and what was ``seen`` of the place that it left, or nothing."""

    plate: Whereabouts
    target: Place
    seen: str = ""


class WholePlace(Struct, frozen=True):
    """A location with all that is known to be there, as it was listed."""

    place: str
    rows: Rows


class Wrong(Struct, frozen=True):
    """Something is wrong at a place, or damaged there: that is said first, and nothing is taken."""

    place: str
    wall_us: int


class Asked(Struct, frozen=True):
    """How it is asked for: the place first, the goods behind it, and the place of goods that were scanned first."""

    where: Phrase = say.FROM_WHERE
    what: Phrase = say.WHAT
    where_is_it: Phrase = say.WHERE_IS_IT


class Source(Struct, frozen=True):
    """What is known beforehand of where goods are taken.

    ``place`` is where the last were taken and ``put`` where they were put, ``what`` the goods; ``other_than`` may not
    be taken from; ``options`` may be chosen instead of a first place. With ``moves_whole`` a plate may be moved as it
    stands, and all that is at a location at once, and what is wrong there may be said. Where one is taken by the same
    label ``again``, that is said. ``lines`` stand below the first question.
    """

    place: str = ""
    put: str = ""
    other_than: str = ""
    options: tuple[Option, ...] = ()
    moves_whole: bool = False
    again: bool = False
    what: Goods | None = None
    asked: Asked = Asked()
    lines: tuple[Shown, ...] = ()


Found = LocatedGoods | WholePlate | WholePlace | Wrong | Choice
WRONG = "wrong"
_ALL = Option("all", phrase=say.ALL_HERE)
_WRONG = Option(WRONG, phrase=say.DAMAGED_OR_WRONG, number=2)


def source_and_goods(policies: Policies, source: Source) -> Part[Found]:
    """Ask where goods are taken from and what they are, in either order."""
    place = (yield from _still_open(source.place)) if source.place else None
    put, what, place_us = source.put, source.what, 0
    is_bare = False
    while place is None or what is None:
        here = None if place is None else (yield from _here(policies, source, place, is_bare=is_bare))
        answer = yield _question(source, here, what, put)
        if isinstance(answer, Choice):
            if place is None:
                return answer
            if answer.value == WRONG:
                return Wrong(place.place, answer.wall_us)
            if answer.value in ZERO_CHECKS:
                return (yield from _whole_plate(policies, place, answer.value))
            rows = yield from _rows(place.place)
            if rows.rows:
                return WholePlace(place.place, rows)
            is_bare = True
            continue
        is_bare = False
        if isinstance(answer, Goods):
            what = answer
        elif place is not None and place.is_plate and source.moves_whole and not answer.is_plate:
            yield from proven(policies, answer, "target")
            return WholePlate(place, answer)
        else:
            yield from proven(policies, answer, "source")
            place, put, place_us = (yield from _whereabouts(answer)), "", answer.wall_us
    return LocatedGoods(place.place, place.is_plate, what, max(place_us, what.wall_us))


def _whole_plate(policies: Policies, plate: Whereabouts, seen: str) -> Part[WholePlate]:
    """Where a plate is put, once it was said of the place where it stands whether that is empty without it."""
    target: Place = yield AskPlace(
        slot="target", phrase=say.TO_WHERE, help=say.HELP_TARGET, label=labels.TARGET, other_than=plate.location
    )
    yield from proven(policies, target, "target")
    return WholePlate(plate, target, seen)


def _still_open(source: str) -> Part[Whereabouts | None]:
    """The place of the last goods, unless it was closed meanwhile or is no place of the site any more."""
    whereabouts: Whereabouts = yield Where(source)
    is_open = bool(whereabouts.state) and (whereabouts.is_plate or whereabouts.state != LocationState.CLOSED)
    return whereabouts if is_open else None


def _whereabouts(place: Place) -> Part[Whereabouts]:
    """Where a plate stands matters when it is moved; a location is where it is."""
    if not place.is_plate:
        return Whereabouts(place.place)
    whereabouts: Whereabouts = yield Where(place.place)
    return whereabouts


def _rows(place: str) -> Part[Rows]:
    """What is known to be loose at a place; what is known to be gone cannot be moved."""
    found: Rows = yield AtPlace(place, ROWS_MAX, tells_alone=True)
    return replace(found, rows=tuple(row for row in found.rows if row.quantity > 0))


class Here(Struct, frozen=True):
    """A place that goods are taken from. A plate that may be moved as it stands has a ``load``.

    ``is_bare`` says that nothing loose is known to be there; ``leaves_bare`` is where such a plate leaves nothing.
    """

    place: Whereabouts
    load: Load | None = None
    is_bare: bool = False
    leaves_bare: str = ""


def _here(policies: Policies, source: Source, place: Whereabouts, *, is_bare: bool) -> Part[Here]:
    """With what is on a plate that may be moved as it stands."""
    if not place.is_plate or not source.moves_whole:
        return Here(place, is_bare=is_bare)
    load: Load = yield LoadOf(place.place)
    return Here(place, load, leaves_bare=zero_check.emptied_of_plate(policies, load))


def _question(source: Source, here: Here | None, what: Goods | None, put: str) -> AskPlace | AskGoods:
    if here is not None:
        return _of_plate(source, here, here.load, put) if here.load is not None else _goods(source, here, put)
    if what is not None:
        return AskPlace(
            slot="source", phrase=source.asked.where_is_it, help=say.HELP_WHERE_IS_IT, label=labels.FROM,
            or_goods=True, other_than=source.other_than, lines=source.lines,
        )  # fmt: skip
    return AskPlace(
        slot="source", phrase=source.asked.where, help=say.HELP_SOURCE, label=labels.FROM,
        or_goods=True, put=put, other_than=source.other_than, options=source.options, lines=source.lines,
    )  # fmt: skip


def _goods(source: Source, here: Here, put: str) -> AskGoods:
    phrase = say.OR_SAME if source.again and here.place.place == source.place else source.asked.what
    options = (_WRONG,) if here.is_bare else (_ALL, _WRONG)
    return AskGoods(
        slot="goods", phrase=say.NOTHING_LOOSE if here.is_bare else phrase, help=say.HELP_GOODS,
        label=labels.GOODS, put=put, other_than=source.other_than,
        options=options if source.moves_whole else (), lines=source.lines,
    )  # fmt: skip


def _of_plate(source: Source, here: Here, load: Load, put: str) -> AskGoods:
    plate = here.place
    return AskGoods(
        slot="goods", phrase=say.WHAT_OR_WHERE, help=say.HELP_GOODS, label=labels.GOODS, put=put,
        other_than=source.other_than, plate=plate.place, at=plate.location,
        beside=_stands(plate), lines=_contents(load),
        options=(_WRONG, *zero_check.offer(here.leaves_bare, first=3)),
    )  # fmt: skip


def _stands(plate: Whereabouts) -> tuple[Shown, ...]:
    """Where a plate stands: on another, or at a location."""
    on = plate.parent or plate.location
    return (Shown(labels.STANDS_AT, parts=(code(on),)),) if on else ()


def _contents(load: Load) -> tuple[Shown, ...]:
    """What goes along: the goods, the plates on top, and that there is more than is listed."""
    plates = tuple(Shown(labels.PLATE, parts=(code(plate),)) for plate in load.plates)
    return (*beside.contents(load.rows), *plates, *((Shown(phrase=say.MORE_ON_IT),) if load.more else ()))
