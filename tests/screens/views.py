"""Views of a day on the floor, for pictures and layouts."""

from scanner_app.session.view.part import Kind, Part
from scanner_app.session.view.view import Bay, Fill, Line, Link, Spot, StatusLine, Tone, View, line_of

SIZES = [(20, 16), (40, 8), (40, 12), (80, 24)]
THEN_US = 1_700_000_000_000_000


def stock(item: str, quantity: str, lot: str) -> tuple[Part, ...]:
    """What is said of a stock row before the name of its item."""
    return Part(item), Part(quantity, Kind.QUANTITY), Part(lot)


ONLINE = StatusLine(Link.ONLINE, THEN_US, 3, "Olivia Brandström")
MOVE = View(
    7,
    "Move",
    "Take what? Scan the item.",
    "Moved 12 pcs of 4006381333931 to B-11-01-01.",
    Tone.GOOD,
    (
        Line("A-01-02-03", "From"),
        line_of((Part("Schrauben M8x40 verzinkt, 日本語の長い名前", Kind.NAME),), "Item"),
        Line("12 pcs of 48", "Quantity"),
    ),
    hint="F1 help  F3 back  F4 undo",
    counter=143,
    status=ONLINE,
)
HALTED = View(
    8,
    "Move",
    "Press F8 or scan OK.",
    "Location Z-99-01-02 is not known here. Nothing was moved.",
    Tone.BAD,
    (Line("A-01-02-03", "From"),),
    hint="F8 OK",
    counter=144,
    halted=True,
    status=StatusLine(Link.OFFLINE, THEN_US - 7_200_000_000, 1204, "olivia"),
)
MENU = View(
    9,
    "Menu",
    "What do you want to do?",
    listed=tuple(Line(f"Process number {number}", str(number)) for number in range(1, 13)),
    hint="F1 help  F7 more",
    page=1,
    status=StatusLine(),
)
SIGN_IN = View(
    10,
    "Sign in",
    "Type your PIN, Olivia.",
    "Badge read twice; once is enough.",
    Tone.ATTENTION,
    hint="F1 help",
    counter=2,
    secret=True,
    status=StatusLine(Link.REFUSED, THEN_US, 12, ""),
)
VIEWS = {"move": MOVE, "halted": HALTED, "menu": MENU, "sign_in": SIGN_IN}
BAYS = tuple(
    Bay(
        f"A-01-{bay:02}",
        tuple(
            Spot(f"A-01-{bay:02}-{level:02}", f"{level:02}", Fill.STOCKED, is_here=(bay, level) == (3, 2))
            for level in (3, 2, 1)
        ),
    )
    for bay in range(1, 5)
)
RACK = View(
    11,
    "Look up",
    "Scan it, or type part of a name.",
    lines=(Line("12:00", "As of"), Line("A-01-03-02", "Place")),
    listed=(
        line_of((*stock("100240", "16 EA", ""), Part("Stretch film 300 m", Kind.NAME)), "1"),
        line_of((*stock("100518", "121 EA", "L27294B"), Part("Paint roller", Kind.NAME)), "2"),
    ),
    hint="F1 help  F2 menu",
    counter=9,
    status=ONLINE,
    picture=BAYS,
)
