"""What the book may have at the place that is counted, and on what stands there; everywhere else it is one book."""

from msgspec import Struct

from scanner_app.domain.catalog import Location, Plate, Stock
from scanner_app.domain.desk.case import Case, CaseKind
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.people import Operator, Role
from scanner_app.domain.quantity import whole
from scanner_app.domain.reasons import Reason
from tests.warehouse import PIN

HERE, CHECKED = "A-01-03", "C-01-01"
PLATE, INNER, OTHER, EMPTY = ("3401234500000000" + end for end in ("17", "24", "31", "48"))


def stock(place: str, item: str, pieces: int, owner: str = "OWN", status: str = "AVAILABLE", **marks: str) -> Stock:
    return Stock(place, item, marks.get("lot", ""), marks.get("serial", ""), owner, status, whole(pieces))


GONE = [stock(HERE, "100001", 0, owner) for owner in ("OWN", "ACME")]
EVERYWHERE: list[Struct] = [
    Plate(OTHER, "A-01-02"),
    Plate(EMPTY, "A-01-02"),
    Location(CHECKED, "C", 30, "bin", check_digits="47"),
    stock(OTHER, "100004", 6),
    stock("A-01-04", "100003", 1, serial="S-2"),
    stock("A-01-05", "100001", 4, "ACME"),
    stock("A-01-05", "100001", 2),
    Limit("many", "move", reason_quantity=whole(500)),
    Reason("other", "Another reason", process="move", needs_note=True),
    Operator("2001", "Chef 2001", "B-2001", "verifier:" + PIN, (Role.SUPERVISOR, Role.COUNTER, Role.WORKER), "de"),
    *(Operator(f"100{n}", "W", f"B-100{n}", "verifier:" + PIN, language=code) for n, code in ((5, "es"), (6, "fr"))),
]
"""Beside the small site of the tests."""
BOOKS: dict[str, list[Struct]] = {
    "as counted": [*GONE, stock(HERE, "100001", 3), Plate(PLATE, HERE), Plate(INNER, HERE), stock(PLATE, "100004", 2)],
    "far more, on hold, by lots and serials, plates on plates": [
        stock(HERE, "100001", 400),
        stock(HERE, "100001", 9, "ACME", "HOLD"),
        stock(HERE, "100002", 5, lot="L7"),
        stock(HERE, "100003", 1, serial="S-77"),
        stock(HERE, "100005", 1),
        Plate(PLATE, HERE),
        Plate(INNER, "", PLATE),
        stock(PLATE, "100001", 80),
        stock(INNER, "100002", 7, lot="L9"),
    ],
    "less than nothing": [*GONE, stock(HERE, "100001", -7), Plate(PLATE, HERE), Plate(INNER, "", PLATE)],
    "nothing": [*GONE, Plate(PLATE, HERE), Plate(INNER, HERE)],
}
AGREES, FAR_MORE, _LESS, NOTHING = BOOKS
DIFFERS = frozenset({HERE, PLATE, INNER})
"""The places of which the books do not say the same."""


def heard(book: str) -> list[Struct]:
    """What an exchange brings of the place behind a count: its rows once more, with what the centre made of them."""
    return [row for row in BOOKS[book] if isinstance(row, Stock)]


def waiting_cases(book: str) -> tuple[Case, ...]:
    """What the centre has for the desk: of other places always the same, of this one by how far the book was off."""
    elsewhere = Case(kind=CaseKind.CLAIM, id="claim-1", place="A-01-02", item="100001", quantity=whole(-1), unit="EA")
    off = sum(row.quantity for row in heard(book) if isinstance(row, Stock))
    here = Case(kind=CaseKind.CLAIM, id="claim-2", place=HERE, item="100001", quantity=whole(3) - off, unit="EA")
    return (here, elsewhere) if off != whole(3) else (elsewhere,)
