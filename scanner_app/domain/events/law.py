"""The law of kinds: what a fact does that its kind, its maker or its items do not allow. Pure.

It is asked of what a fact does, never of what it is called. A breach that the floor can have done is an *exception*: it
is booked as it happened. One that only a wrong program can have written is *held*: it names a place that is not on the
floor, or somebody else's hand. Each breach is a word that names the field.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from scanner_app.domain.events.allowed import Allowed, Undoer, Way
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.side import Side, side_of
from scanner_app.domain.item_rules import StockFault, StockRules, stock_faults_of
from scanner_app.domain.ledger import StockKey
from scanner_app.domain.people import Right, is_reserved, may_annul
from scanner_app.domain.quantity import SCALE

UNDO_DEPTH_MAX = 2
"""An undo, and the undo of an undo: it is a toggle, and whoever wants more of it names the event anew."""


class LawFault(StrEnum):
    """What is not allowed, by the field that breaks it; those of an item are ``StockFault``."""

    NO_RIGHT = "no_right"
    FROM_NOT_ALLOWED = "from_not_allowed"
    TO_NOT_ALLOWED = "to_not_allowed"
    HAND_NOT_OWN = "hand_not_own"
    PLACE_DIFFERS = "place_differs"
    OWNER_DIFFERS = "owner_differs"
    STATUS_DIFFERS = "status_differs"
    LOT_DIFFERS = "lot_differs"
    SERIAL_DIFFERS = "serial_differs"


class UndoFault(StrEnum):
    """Why an undo is held."""

    UNKNOWN_OPERATOR = "unknown_operator"
    NOT_OWN = "not_own"
    NOT_UNDONE = "not_undone"
    UNDO_TOO_DEEP = "undo_too_deep"


class Maker(NamedTuple):
    """Who made a fact: an operator as the site knows it, the person ``who`` it is, and what is granted.

    To one who is not in use nothing is.
    """

    operator: str
    who: str = ""
    rights: frozenset[Right] = frozenset()
    is_known: bool = True
    is_active: bool = True

    @property
    def has_authority(self) -> bool:
        """Say whether there is such a person here: a name of the program's own is nobody's."""
        return self.is_known and not is_reserved(self.operator)

    def may(self, right: Right) -> bool:
        return self.has_authority and self.is_active and right in self.rights


class Offence(NamedTuple):
    """One thing that is not allowed, by its word; ``is_held`` where only a wrong program can have made it."""

    word: str
    is_held: bool


class Undone(NamedTuple):
    """What an undo names: the person ``who`` made it, what its kind allows, and how deep it is.

    An event that moves goods has the depth 0, an undo of it 1, the undo of that 2. ``missing`` is what it names itself
    where that has not arrived: it may be deeper then than is known. Whoever has one of ``rights`` may do what it did,
    and so may undo it.
    """

    who: str
    allowed: Allowed
    depth: int
    missing: str = ""
    rights: frozenset[Right] = frozenset()


_FIELDS = (
    ("owner", LawFault.OWNER_DIFFERS),
    ("status", LawFault.STATUS_DIFFERS),
    ("lot", LawFault.LOT_DIFFERS),
    ("serial", LawFault.SERIAL_DIFFERS),
)


def offences(
    fact: Fact, maker: Maker, items: Mapping[str, StockRules], rights: frozenset[Right] = frozenset()
) -> list[Offence]:
    """Name every offence of a fact once; of items that are not among ``items`` nothing is said.

    One of ``rights`` is wanted where there are some, as for an undo; else that of its kind. Who changes a status wants
    the right to, by whatever kind.
    """
    found: dict[str, bool] = {}
    may = not maker.rights.isdisjoint(rights) if rights else fact.right in maker.rights
    if not may and maker.has_authority and maker.is_active:
        found[LawFault.NO_RIGHT] = False
    if (line := fact.line) and (rules := items.get(line.key.item)) and (faults := _counted_faults(line, rules)):
        found.update(dict.fromkeys(faults, False))
    for leg in fact.legs:
        source, target = leg.source, leg.target
        way = side_of(source.place, maker.operator), side_of(target.place, maker.operator)
        if way not in fact.allowed.ways:
            _look_at_way(way, fact.allowed, found, may_reach=maker.may(Right.DECIDE))
        if fact.allowed.stays and source.place != target.place:
            found[LawFault.PLACE_DIFFERS] = False
        is_same = _is_same(source, target)
        if not is_same:
            found.update(dict.fromkeys(_changed(source, target, fact.allowed), False))
            if source.status != target.status and _lacks(maker, Right.HOLD):
                found[LawFault.NO_RIGHT] = False
        if rules := items.get(target.item):
            if faults := stock_faults_of(target.lot, target.serial, leg.quantity, rules):
                found.update(dict.fromkeys(faults, False))
            if not is_same and (faults := stock_faults_of(source.lot, source.serial, leg.quantity, rules)):
                found.update(dict.fromkeys(faults, False))
    return [Offence(word, is_held) for word, is_held in found.items()]


def _lacks(maker: Maker, right: Right) -> bool:
    """Say whether somebody whom the site knows has not got a right."""
    return maker.has_authority and maker.is_active and right not in maker.rights


def undo_fault(maker: Maker, undone: Undone) -> UndoFault | None:
    """Why a maker may not undo something; None where that is allowed."""
    if not maker.has_authority:
        return UndoFault.UNKNOWN_OPERATOR
    if undone.allowed.undoer is Undoer.NOBODY:
        return UndoFault.NOT_UNDONE
    if not may_annul(maker.who, undone.who, may_decide=maker.may(Right.DECIDE)):
        return UndoFault.NOT_OWN
    return UndoFault.UNDO_TOO_DEEP if undone.depth >= UNDO_DEPTH_MAX else None


def _look_at_way(way: Way, allowed: Allowed, found: dict[str, bool], *, may_reach: bool) -> None:
    """Blame the side that no way of the kind has, or the one that does not go with the other.

    A place that there is not is nobody's to name.
    """
    if Side.NOWHERE in way:
        return
    reached = _as_own(way)
    if reached in allowed.ways:
        if not may_reach:
            found[LawFault.HAND_NOT_OWN] = True
        return
    begins = any(reached[0] is source for source, _ in allowed.ways)
    word = LawFault.TO_NOT_ALLOWED if begins else LawFault.FROM_NOT_ALLOWED
    found[word] = found.get(word, False) or not all(side.is_physical for side in way)


def _as_own(way: Way) -> Way:
    source, target = (Side.OWN_HAND if side is Side.OTHER_HAND else side for side in way)
    return source, target


def _is_same(one: StockKey, other: StockKey) -> bool:
    """Say whether two keys differ in nothing but place and item; asked of every leg, so without making anything."""
    return (
        one.owner == other.owner and one.status == other.status and one.lot == other.lot and one.serial == other.serial
    )


def _identity(key: StockKey) -> tuple[str, str, str, str]:
    return key.owner, key.status, key.lot, key.serial


def _changed(source: StockKey, target: StockKey, allowed: Allowed) -> Iterator[str]:
    for (name, word), before, after in zip(_FIELDS, _identity(source), _identity(target), strict=True):
        if before != after and name not in allowed.differs:
            yield word


def _counted_faults(line: Line, rules: StockRules) -> tuple[StockFault, ...]:
    """What is wrong with what was counted; a serial that is not there is zero pieces of it."""
    return stock_faults_of(line.key.lot, line.key.serial, line.quantity or SCALE, rules)
