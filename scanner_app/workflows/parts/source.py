"""The source, where goods come from: asks for the place and the goods, in either order, or for a plate as a whole."""

from msgspec import Struct

from scanner_app.domain.catalog import LocationState
from scanner_app.workflows.engine.script import Part
from scanner_app.workflows.lookups.load import Load, LoadOf
from scanner_app.workflows.lookups.places import Where, Whereabouts
from scanner_app.workflows.lookups.policy import Policies
from scanner_app.workflows.parts import known
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.check_digits import proven
from scanner_app.workflows.phrases import labels
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
    """A plate with all that is on it, and where it is put."""

    plate: Whereabouts
    target: Place


class Source(Struct, frozen=True):
    """What is known beforehand of where goods are taken.

    ``place`` is where the last were taken and ``put`` where they were put; ``other_than`` may not be taken from;
    ``options`` may be chosen instead of a first place. With ``moves_whole`` a plate may be moved as it stands.
    """

    place: str = ""
    put: str = ""
    other_than: str = ""
    options: tuple[Option, ...] = ()
    moves_whole: bool = False


def source_and_goods(policies: Policies, source: Source) -> Part[LocatedGoods | WholePlate | Choice]:
    """Ask where goods are taken from and what they are, in either order."""
    place = (yield from _still_open(source.place)) if source.place else None
    put, what, place_us = source.put, None, 0
    while place is None or what is None:
        load = yield from _load(source, place)
        answer = yield _question(source, place, what, put, load)
        if isinstance(answer, Choice):
            return answer
        if isinstance(answer, Goods):
            what = answer
        elif place is not None and place.is_plate and source.moves_whole and not answer.is_plate:
            yield from proven(policies, answer, "target")
            return WholePlate(place, answer)
        else:
            yield from proven(policies, answer, "source")
            place, put, place_us = (yield from _whereabouts(answer)), "", answer.wall_us
    return LocatedGoods(place.place, place.is_plate, what, max(place_us, what.wall_us))


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


def _load(source: Source, place: Whereabouts | None) -> Part[Load]:
    """What is on a plate that may be moved as it stands."""
    if place is None or not place.is_plate or not source.moves_whole:
        return Load()
    load: Load = yield LoadOf(place.place)
    return load


def _question(
    source: Source, place: Whereabouts | None, what: Goods | None, put: str, load: Load
) -> AskPlace | AskGoods:
    if place is not None:
        return _goods(source, place, put, load)
    if what is not None:
        return AskPlace(
            slot="source", phrase=say.WHERE_IS_IT, help=say.HELP_WHERE_IS_IT, label=labels.FROM,
            or_goods=True, other_than=source.other_than,
        )  # fmt: skip
    return AskPlace(
        slot="source", phrase=say.FROM_WHERE, help=say.HELP_SOURCE, label=labels.FROM,
        or_goods=True, put=put, other_than=source.other_than, options=source.options,
    )  # fmt: skip


def _goods(source: Source, place: Whereabouts, put: str, load: Load) -> AskGoods:
    is_whole = place.is_plate and source.moves_whole
    return AskGoods(
        slot="goods", phrase=say.WHAT_OR_WHERE if is_whole else say.WHAT, help=say.HELP_GOODS,
        label=labels.GOODS, put=put, other_than=source.other_than,
        plate=place.place if is_whole else "", at=place.location if is_whole else "",
        beside=_stands(place) if is_whole else (), lines=_contents(load) if is_whole else (),
    )  # fmt: skip


def _stands(plate: Whereabouts) -> tuple[Shown, ...]:
    """Where a plate stands: on another, or at a location."""
    on = plate.parent or plate.location
    return (Shown(labels.STANDS_AT, parts=(code(on),)),) if on else ()


def _contents(load: Load) -> tuple[Shown, ...]:
    """What goes along: the goods, the plates on top, and that there is more than is listed."""
    plates = tuple(Shown(labels.PLATE, parts=(code(plate),)) for plate in load.plates)
    return (*known.contents(load.rows), *plates, *((Shown(phrase=say.MORE_ON_IT),) if load.more else ()))
