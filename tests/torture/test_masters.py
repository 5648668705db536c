"""Hostile master data, past the import and straight from the feed: seen on the real screen and in the line mode."""

import random
from collections.abc import Iterator

from msgspec import Struct

from scanner_app.domain.catalog import Barcode, Item, Location, Owner, Profile, Status, Stock
from scanner_app.domain.people import Operator
from scanner_app.domain.quantity import whole
from scanner_app.store.store import open_store
from tests.extent import SEED, extent
from tests.menu import LOOK_UP
from tests.torture.tools.hostile import hostile
from tests.torture.tools.site import PIN, Device, Site
from tests.torture.tools.watched import Desk, assert_clean_lines

PLACES = extent(4, 100)
ROWS = 12
"""Of stock at each place, more than a screen holds."""
OPERATORS = extent(3, 40)


class Planted:
    """Codes to scan, all harmless, of things whose own names are not."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.strings = 0

    def _name(self) -> str:
        self.strings += 1
        return hostile(self._chance, 6).encode("utf-8", "ignore").decode()

    def rows(self, verifier: str) -> Iterator[Struct]:
        yield Profile("bin")
        for place in range(PLACES):
            location = f"{place}{self._name()}"
            yield Location(location, self._name(), place, "bin", label=f"PLACE-{place}")
            for row in range(ROWS):
                yield from self._stock(location, f"{place}-{row}")
        for number in range(OPERATORS):
            yield Operator(f"{number}{self._name()}", self._name(), f"BADGE-{number}", verifier)

    def _stock(self, location: str, code: str) -> Iterator[Struct]:
        """An item of two owners, so that a move has to ask whose."""
        item, unit = code + self._name(), self._name()
        yield Item(item, self._name(), unit)
        yield Barcode(f"ITEM-{code}", item, unit)
        for owner, status in (("OWN", "AVAILABLE"), (self._name(), self._name())):
            yield Owner(owner, self._name())
            yield Status(status, self._name())
            yield Stock(location, item, self._name(), self._name(), owner, status, whole(7))

    def plant(self, device: Device) -> None:
        store = open_store(device.data)
        worker = store.catalog.operator("w1")
        assert worker is not None
        with store.transaction:
            store.feed.put(enumerate(self.rows(worker.verifier), 1_000_000))
        store.close()


def visit() -> Iterator[list[str]]:
    """Look up every place page by page and some items, and go through moves, as different people."""
    for place in range(PLACES):
        codes = [f"ITEM-{place}-{row}" for row in range(ROWS)]
        yield [".m", LOOK_UP, f"PLACE-{place}", ".n", ".n", ".n", codes[0], codes[1], codes[2]]
        for code in codes[::4]:
            opened = [".m", "1", f"PLACE-{place}", code, "2", ".h", "x", ".k"]
            yield [*opened, "1", ".u", "1", f"PLACE-{(place + 1) % PLACES}"]
        if place % (PLACES // OPERATORS) == 0:
            yield [".o", f"BADGE-{place // (PLACES // OPERATORS)}", ".h", PIN]


def test_on_the_screen(site: Site) -> None:
    device = site.devices["one"]
    planted = Planted(SEED)
    planted.plant(device)
    desk = Desk(device)
    for texts in visit():
        desk.say(*texts)
    assert not device.look("SELECT 1 FROM verdict WHERE outcome = 'broken'")
    assert len(device.events()) >= PLACES
    desk.leave()
    print(f"{planted.strings} names seen")


def test_in_the_line_mode(site: Site) -> None:
    device = site.devices["one"]
    Planted(SEED + 1).plant(device)
    said = [text for texts in visit() for text in texts]
    done = device.scanner("line", given="\n".join(said) + "\n")
    assert done.returncode == 0
    assert_clean_lines(done.stdout.encode())
    assert not done.stderr
    assert device.count() == len(said)
