"""The bays around a place, drawn in ASCII: walk order from left to right, the highest level on top."""

from collections.abc import Sequence

from scanner_app.session.view.view import Bay, Fill, Spot, View
from screens.cells import cut, padded, width_of
from screens.clean import clean
from screens.row import Piece, Role, Row, row_of

RACK_FROM_WIDTH = 80
_MARKS = {Fill.EMPTY: ".", Fill.STOCKED: "#", Fill.BLOCKED: "!", Fill.CLOSED: "X"}
_HEAD_AND_LEGEND = 2


def rack(view: View, width: int, rows_max: int) -> list[Row]:
    """Names of the bays, their spots, and what the marks mean; nothing where there is no room for one level."""
    bays = view.picture
    levels = max((len(bay.spots) for bay in bays), default=0)
    shown = min(levels, rows_max - _HEAD_AND_LEGEND)
    if width < RACK_FROM_WIDTH or shown < 1:
        return []
    cell = max(max(width_of(bay.name), *(width_of(_spot(spot)) for spot in bay.spots)) for bay in bays) + 2
    bays = _around_here(bays, max(1, width // cell))
    first = max(0, min(_level_here(bays, levels) - shown // 2, levels - shown))
    head = _row([Piece(clean(bay.name), _role(bay)) for bay in bays], cell, width)
    body = [_row([_piece(bay, level, levels) for bay in bays], cell, width) for level in range(first, first + shown)]
    return [head, *body, row_of(cut(" " + clean(view.chrome.legend), width), Role.LABEL, width)]


def _around_here(bays: tuple[Bay, ...], number: int) -> tuple[Bay, ...]:
    here = next((place for place, bay in enumerate(bays) if _role(bay) is Role.DATA), 0)
    first = max(0, min(here - number // 2, len(bays) - number))
    return bays[first : first + number]


def _level_here(bays: Sequence[Bay], levels: int) -> int:
    """Counted from the top, all bays standing on the floor."""
    return next(
        (levels - len(bay.spots) + place for bay in bays for place, spot in enumerate(bay.spots) if spot.is_here), 0
    )


def _piece(bay: Bay, level: int, levels: int) -> Piece:
    place = level - (levels - len(bay.spots))
    if place < 0:
        return Piece("", Role.PLAIN)
    spot = bay.spots[place]
    return Piece(_spot(spot), Role.DATA if spot.is_here else Role.LABEL)


def _spot(spot: Spot) -> str:
    text = f"{clean(spot.name)} {_MARKS[spot.fill]}"
    return f">{text}<" if spot.is_here else f" {text} "


def _role(bay: Bay) -> Role:
    return Role.DATA if any(spot.is_here for spot in bay.spots) else Role.LABEL


def _row(pieces: list[Piece], cell: int, width: int) -> Row:
    """Each piece in a cell of its own; what is left of the row stays plain."""
    fitted = [Piece(padded(cut(" " + piece.text, cell), cell), piece.role) for piece in pieces]
    left = width - cell * len(fitted)
    return tuple(fitted) if left <= 0 else (*fitted, Piece(" " * left, Role.PLAIN))
