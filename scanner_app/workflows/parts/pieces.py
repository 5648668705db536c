"""Pieces: serial after serial of one item at one place, until a place is scanned; one event, with legs for each."""

from msgspec.structs import replace

from scanner_app.workflows.lookups.stock import HeldRow
from scanner_app.workflows.parts import beside
from scanner_app.workflows.parts import phrases as say
from scanner_app.workflows.parts.quantity import Taken
from scanner_app.workflows.phrases import labels
from scanner_app.workflows.questions.answers import Text
from scanner_app.workflows.questions.ask.piece import AskPiece
from scanner_app.workflows.questions.ask.place import AskPlace
from scanner_app.workflows.questions.part import code
from scanner_app.workflows.questions.shown import Shown


def or_another(taken: Taken, ends: AskPlace) -> AskPiece:
    """Ask what ``ends`` asks, or for one more piece of those beside it; the ones of a kind with it are listed."""
    alike, unlike = _left(taken)
    rows = beside.serials(alike)
    return AskPiece(
        slot=ends.slot, phrase=say.NEXT_OR_PLACE if rows else ends.phrase, help=ends.help, label=ends.label,
        other_than=ends.other_than, only=ends.only, brings=ends.brings, options=rows or ends.options,
        beside=(*taken.stock.facts, *_counted(taken)), item=taken.stock.key.item, lot=taken.stock.key.lot,
        day=taken.stock.expires or taken.stock.until, taken=_scanned(taken),
        known=frozenset(row.serial for row in alike), unlike=frozenset(row.serial for row in unlike),
    )  # fmt: skip


def has_others(taken: Taken) -> bool:
    """Say whether there are pieces of a kind beside one that was scanned."""
    return bool(taken.stock.key.serial and _left(taken)[0])


def _scanned(taken: Taken) -> frozenset[str]:
    return frozenset({taken.stock.key.serial, *(piece.text for piece in taken.pieces)})


def _left(taken: Taken) -> tuple[list[HeldRow], list[HeldRow]]:
    """The pieces that were not scanned yet: those of the same lot, owner and status, and the others."""
    key, scanned = taken.stock.key, _scanned(taken)
    left = [row for row in taken.stock.others if row.serial not in {"", *scanned} and row.quantity > 0]
    lots = {key.lot} if taken.stock.rules.tracking.wants_lot else {row.lot for row in left}
    alike = [row for row in left if row.lot in lots and (row.owner, row.status) == (key.owner, key.status)]
    return alike, [row for row in left if row not in alike]


def _counted(taken: Taken) -> tuple[Shown, ...]:
    """How many there are so far: the newest fact, which gives way to a total only."""
    return (Shown(labels.COUNTED, parts=(code(taken.words),)),) if taken.pieces else ()


def with_piece(taken: Taken, piece: Text) -> Taken:
    return replace(taken, pieces=(*taken.pieces, piece))
