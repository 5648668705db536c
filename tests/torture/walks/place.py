"""The warehouse of the walks: lots, serials, plates, owners, a closed and a blocked place, a negative book."""

from random import Random

from msgspec import Struct

from scanner_app.domain.catalog import Barcode, Item, Location, Lot, Plate, Profile, Stock, Tracking, Unit
from scanner_app.domain.check_digit import check_digit
from scanner_app.domain.limits.limit import Limit
from scanner_app.domain.people import Operator
from scanner_app.domain.quantity import whole
from scanner_app.domain.reasons import ADJUST, Direction, Reason
from scanner_app.domain.task import COUNT, LOOK, MADE, Task, name_of
from tests.warehouse import CASE_GTIN, GTIN, PIN

PALLET, TOTE, FRESH, STRANGER = "340123450000000017", "340123450000000024", "340123450000000048", "TOTE-7"
PUMP, LONG = "4006381333962", "4006381333979"
BADGES = {"en": "B-1001", "de": "B-1003", "es": "B-1004", "fr": "B-1005"}
LIMIT = Limit("much", "move", case_quantity=whole(11))
"""Of every item; what is more than it is told, and booked all the same."""
CORRECTED = Limit("corrected", ADJUST, case_quantity=whole(2))
"""Of every item; what is more than it waits, and is no stock until somebody accepts it."""
SCRAPPED = Reason("scrapped", "Scrapped", "Verschrottet", direction=Direction.OUT, process=ADJUST, needs_approval=True)
TASKS = [
    Task(name_of("A-01-01"), COUNT, "A-01-01", since=1, walk=1),
    Task(name_of("A-01-03", "100001"), COUNT, "A-01-03", "100001", since=1, walk=3),
    Task(name_of("MONO"), COUNT, "MONO", since=1, walk=20, due=1),
    Task(name_of("B-01-01"), COUNT, "B-01-01", since=1, walk=10, holder="1003", until=9 * 10**15),
    Task(MADE + "claim-1", COUNT, "A-01-05", "100005", since=1, walk=5, priority=8),
    Task(MADE + TOTE, LOOK, "A-01-01", TOTE, since=1, walk=1, priority=8),
    Task(MADE + "claim-2", COUNT, "A-01-04", "100003", since=1, not_by="1001", walk=4, priority=8),
]
"""What is to be counted: places, items there, a recount that one of the workers must not make, and a plate to find."""
MADE_AT = {
    place: [one.task for one in TASKS if one.place == place and one.task.startswith(MADE)]
    for place in ("A-01-01", "A-01-04", "A-01-05")
}
MORE: list[Struct] = [
    LIMIT,
    CORRECTED,
    SCRAPPED,
    Reason("broken", "Broken", direction=Direction.OUT, process=ADJUST),
    Reason("found", "Found", direction=Direction.IN, process=ADJUST),
    Profile("single", mixes_items=False),
    Profile("pallets", plates_only=True),
    Location("MONO", "S", 20, "single", check_digits="47"),
    Location("PONLY", "S", 21, "pallets"),
    Location("C-99-LONG-NAMED-SHELF-01", "S", 22, "bin"),
    Plate(TOTE, "A-01-01"),
    Item("100006", "Kreiselpumpe für Heizungsanlagen, 日本語の長い名前", "EA", Tracking.LOT_SERIAL),
    Barcode(PUMP, "100006", "EA"),
    Item("100007", "Vis à tête fraisée, galvanisée, boîte de cent", "EA", decimals=0),
    Unit("100007", "BOX", whole(100)),
    Unit("100007", "PAL", whole(4800)),
    Barcode(LONG, "100007", "EA"),
    Lot("100006", "L-7"),
    Lot("100002", "OLD", "2020-01-31"),
    Operator("1004", "Operaria con nombre larguísimo", "B-1004", "verifier:" + PIN, language="es"),
    Operator("1005", "Ouvrière 1005", "B-1005", "verifier:" + PIN, language="fr"),
    Stock("MONO", "100005", "", "", "OWN", "AVAILABLE", whole(2)),
    Stock("A-01-05", "100003", "", "X-1", "OWN", "HOLD", whole(1)),
    Stock("A-01-04", "100003", "", "S-2", "OWN", "AVAILABLE", whole(1)),
    Stock("A-01-04", "100003", "", "S-3", "OWN", "AVAILABLE", whole(1)),
    Stock("B-01-01", "100006", "L-7", "P-3", "OWN", "AVAILABLE", whole(1)),
    Stock("A-01-05", "100005", "", "", "OWN", "AVAILABLE", -whole(3)),
    Stock("A-01-02", "100002", "OLD", "", "OWN", "AVAILABLE", whole(2) + 500_000),
    Stock("B-01-01", "100006", "L-7", "P-1", "OWN", "AVAILABLE", whole(1)),
    Stock("B-01-01", "100006", "L-7", "P-2", "ACME", "AVAILABLE", whole(1)),
    Stock("C-99-LONG-NAMED-SHELF-01", "100007", "", "", "OWN", "AVAILABLE", whole(123_456)),
    Stock("C-99-LONG-NAMED-SHELF-01", "100004", "", "", "ACME", "HOLD", whole(9)),
    Stock(PALLET, "100001", "", "", "OWN", "AVAILABLE", whole(20)),
    Stock(PALLET, "100002", "L1", "", "OWN", "AVAILABLE", whole(3)),
    Stock(PALLET, "100007", "", "", "ACME", "AVAILABLE", whole(4800)),
    *TASKS,
]
UNITS = {"EA": 1, "KG": 1, "CS": 12, "BOX": 100, "PAL": 4800}
"""How many of its base unit each unit is, of whatever item."""
PLACES = [
    "A-01-01",
    "A-01-02",
    "A-01-03",
    "A-01-04",
    "A-01-05",
    "LBL-B1",
    "B-01-01",
    "BLOCKED",
    "CLOSED",
    "MONO",
    "MONO+47",
]
PLACES += ["PONLY", "C-99-LONG-NAMED-SHELF-01"]
PLATES = [PALLET, TOTE, FRESH, STRANGER, f"]C100{PALLET}", f"00{TOTE}"]
GTINS = [GTIN, CASE_GTIN, "4006381333948", "4006381333955", PUMP, LONG]
GOODS = [*GTINS, "100001", "100002", "100003", "100005", "100006", "100007", "SHARED", f"]E0{GTIN}"]
LOTS = ["L1", "OLD", "L-7", "L9", "l1"]
SERIALS = ["S-1", "S-2", "S-3", "X-1", "P-1", "P-2", "X-2", "s-1"]
NUMBERS = ["1", "2", "3", "5", "24", "0", "101", "2 CS", "1 BOX", "1.5", "2,25", "1.000", "1'000", "1,234.5", "9" * 15]
NUMBERS += ["0.0000001", "-1", "3 XX", "12345678"]


def label(chance: Random) -> str:
    """A label of goods, with or without what separates its elements, at times with a wrong check digit."""
    gtin = chance.choice(GTINS).rjust(14, "0")
    if chance.random() < 0.15:
        gtin = gtin[:-1] + str((int(gtin[-1]) + 1) % 10)
    lot = "10" + chance.choice(LOTS)
    serial = "21" + chance.choice(SERIALS)
    fixed = ["01" + gtin, *chance.sample(["17270131", "17200131", "15991231"], chance.randint(0, 1))]
    open_ended = chance.sample([lot, serial, "37" + str(chance.randint(1, 30))], chance.randint(0, 2))
    separator = chance.choice(["\x1d", "\x1d", "", "<GS>"])
    return chance.choice(["]C1", "]d2", "]Q3", ""]) + "".join(fixed) + separator.join(open_ended)


def sscc(chance: Random) -> str:
    """The label of a load unit that nobody knows; every other one is spoilt."""
    digits = f"34012345{chance.randrange(10**9):09}"
    right = check_digit(digits)
    return chance.choice(["00", "]C100", ""]) + digits + chance.choice([right, str((int(right) + 3) % 10)])


def job(chance: Random) -> list[str]:
    """What is said for a job that goes well, from the menu on, with a few more of the same."""
    here, goods = chance.choice(
        [
            ("A-01-01", GTIN),
            ("A-01-01", CASE_GTIN),
            (PALLET, GTIN),
            ("C-99-LONG-NAMED-SHELF-01", LONG),
            ("C-99-LONG-NAMED-SHELF-01", "100007"),
            ("MONO", "100005"),
            ("A-01-05", "100005"),
        ]
    )
    there = chance.choice(["A-01-02", "B-01-01", TOTE, "LBL-B1", PALLET])
    many = chance.choice(["1", "2", "3"])
    moves = [goods, many, there] * chance.randint(1, 3)
    jobs = [
        ["1", here, *moves],
        ["1", here, *moves, ".m", "6", "1", chance.choice(["2", "3"])],
        ["1", "A-01-02", "4006381333948", "L1", "2.5", "A-01-05"],
        ["1", "B-01-01", PUMP, "L-7", *chance.sample(["P-1", "P-2", "P-3"], chance.randint(1, 3)), "A-01-05"],
        ["1", "A-01-04", "4006381333955", *chance.sample(["S-1", "S-2", "S-3"], chance.randint(1, 3)), "A-01-03"],
        ["1", "A-01-03", chance.choice("123"), "A-01-05", "A-01-05"],
        ["1", "A-01-02", "3", "A-01-05", "A-01-05"],
        ["2", "A-01-04", "4006381333955", "S-1", ".m", "3", "1", "A-01-03"],
        ["1", chance.choice([PALLET, TOTE]), chance.choice(["A-01-02", "B-01-01"])],
        ["2", here, *[goods, many] * chance.randint(1, 3), ".m", "3", "1", many, there],
        ["3", "1", "1", there],
        ["41", TOTE, here, goods, many],
        ["41", FRESH, FRESH, "A-01-03", here, goods, many],
        ["42", chance.choice([PALLET, TOTE]), "A-01-03", "A-01-03"],
        ["43", TOTE, PALLET],
        ["5", chance.choice([here, goods, "pen", "L1"]), "1"],
        ["6", "1", "2"],
        ["2", here, goods, many, ".m", "2", "MONO", "100005", "1", ".o"],
        ["2", here, goods, many, ".o"],
        ["1", here, goods, many, ".o"],
        ["42", PALLET, GTIN, ".o"],
        ["0", "1", here, goods, many, chance.choice(["1", "2"])],
        ["0", "2", here, goods, many, "1"],
        *_counts(chance, here, goods, many),
    ]
    return chance.choice(jobs)


def _counts(chance: Random, here: str, goods: str, many: str) -> list[list[str]]:
    """Counts: of a shelf and its plates, of what nobody knows, of an empty place, of a plate within; some corrected."""
    lines = [chance.choice([goods, GTIN, LONG, "UNKNOWN-7", "100001"]) for _ in range(chance.randint(1, 4))]
    typed = [text for line in lines for text in (line, chance.choice([many, line]))]
    return [
        ["8", "A-01-01", *lines, PALLET, "A-01-01", "A-01-01"],
        ["8", "MONO", *typed, "MONO", "MONO"],
        ["8", "A-01-05", *typed, ".u", ".n", "1", "2", "A-01-05", "A-01-05"],
        ["8", "A-01-03", "UNKNOWN-7", "3", ".n", "1", "1", "5", "A-01-03", "A-01-03"],
        ["8", "PONLY", ".e", "PONLY"],
        ["8", goods, here, goods, many, "A-01-03", goods, goods, "MONO", "MONO+47", ".e", "MONO", "A-01-05"],
        ["8", "100002", "A-01-02", "100002", "L1", "2.5", "100002", "OLD", many, "A-01-05", "A-01-05", ".u"],
        ["8", "A-01-05", "A-01-05", "100005", many, "A-01-05", "A-01-05", "A-01-03", GTIN, many, ".t", LONG, "A-01-03"],
        ["8", ".c", "A-01-05", "A-01-05", "100005", many, GTIN, ".k", "A-01-01", GTIN, many, "A-01-01", "A-01-01"],
        ["8", ".x", chance.choice("1234"), ".c", ".x", "1"],
        ["8", "A-01-01", PALLET, PALLET, GTIN, LONG, PALLET, PALLET, "A-01-01", "A-01-01"],
        ["8", "B-01-01", PUMP, "L-7", "P-1", "P-2", ".d", "1", "A-01-02", "A-01-02"],
        ["8", "A-01-04", "4006381333955", "S-2", "S-3", "S-2", "A-01-04", "A-01-04", "6", "1"],
    ]
