"""The overlay: what this device's own events change of the stock and the plates that it has pulled.

An overlay row stays until the stock row of the same key (the row of the same plate) has been pulled at a version that
contains the event, so that a balance is right after every transaction, wherever a page of the feed was cut.
"""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from scanner_app.domain.events.event import Event, postings
from scanner_app.domain.events.stand import Stand
from scanner_app.domain.ledger import is_on_device
from scanner_app.store.counts.claimed import Claimed
from scanner_app.store.unapproved import STATE, UnapprovedRows

ANNULMENT_DEPTH_MAX = 8
"""An annulment of an annulment of ... is followed so far; nobody is asked more than once."""
_STOCK = "INSERT INTO overlay VALUES (?,?,?,?,?,?,?,?,?,NULL)"
_KEYS = "SELECT place, item, lot, serial, owner, status FROM overlay WHERE number = ?"
_PLATE = "INSERT INTO plate_overlay VALUES (?,?,?,?,NULL)"
_STANDS = "SELECT location, parent FROM plate_now WHERE plate = ?"
_STOOD = """SELECT location, parent FROM (
SELECT number, location, parent FROM plate_overlay
WHERE plate = ? AND number < (SELECT number FROM event WHERE id = ?)
UNION ALL SELECT 0, location, parent FROM plate WHERE plate = ?) ORDER BY number DESC LIMIT 1"""
_SAME_KEY = " AND ".join(f"s.{name} = overlay.{name}" for name in ("place", "item", "lot", "serial", "owner", "status"))
_ANNULLING = """WITH RECURSIVE gone (number, id) AS (
SELECT number, id FROM event WHERE number = ? UNION SELECT a.number, a.id FROM gone JOIN event a ON a.annuls = gone.id)
SELECT number FROM gone"""
"""An event, what annuls it, what annuls that, and so on."""
_decode = msgspec.json.Decoder(Event).decode


class Overlay:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.claimed = Claimed(database, self.root)
        self.unapproved = UnapprovedRows(database)

    def lay(self, number: int, event: Event, *, waits: bool = False) -> None:
        """Lay what an event changes over the stock and the plates; of one that ``waits`` it is kept apart.

        What never happened changes the reverse of the event it names, as far as that event counts.
        """
        root, sign = self.root(event)
        if root is None:
            return
        if waits or (root is not event and self.unapproved.is_one(root.id)):
            self.unapproved.put(number, root.operator, _netted(root, sign))
            return
        if stand := root.fact.stand:
            self._lay_plate(number, stand, undone=root.id if sign < 0 else "")
        if root.fact.legs:
            sides = _netted(root, sign)
            self._database.executemany(
                _STOCK, [(number, side, *key, quantity) for side, (key, quantity) in enumerate(sides)]
            )
            if self.claimed.is_any:
                self.claimed.weigh(key for key, _quantity in sides)

    def wait(self, number: int, *, waits: bool) -> None:
        """Keep what an event changes, and what undoes it, apart from the stock from now on, or let it be stock."""
        self._database.execute("UPDATE event SET waits = ? WHERE number = ?", (waits, number))
        changing = self._database.execute(_ANNULLING, (number,)).fetchall()
        self.lift([number])
        for (one,) in changing:
            (payload,) = self._database.execute("SELECT payload FROM event WHERE number = ?", (one,)).fetchone()
            self.lay(one, _decode(payload), waits=waits and one == number)

    def weigh(self, numbers: Iterable[int]) -> None:
        """Hold what events have laid against the counts of their keys, now that their times are known."""
        if self.claimed.is_any:
            for number in numbers:
                self.claimed.weigh(self._database.execute(_KEYS, (number,)).fetchall())

    def root(self, event: Event) -> tuple[Event | None, int]:
        """The event whose effect is reversed (-1) or restored (+1) by ``event``; itself if it annuls nothing."""
        sign, root = 1, event
        for _ in range(ANNULMENT_DEPTH_MAX):
            undone = root.fact.undoes
            if not undone:
                return root, sign
            row = self._database.execute(
                "SELECT payload FROM event WHERE id = ? "
                f"AND outcome IN ('waiting', 'posted', 'posted_with_exceptions', '{STATE}')",
                (undone,),
            ).fetchone()
            if row is None:
                break
            sign, root = -sign, _decode(row[0])
        return None, 0

    def _lay_plate(self, number: int, stand: Stand, undone: str) -> None:
        """A plate that has gone elsewhere since stays there when a move of it never happened."""
        after = stand.location, stand.parent
        if undone and self._database.execute(_STANDS, (stand.plate,)).fetchone() != after:
            return
        before = self._before(stand, undone) if stand.is_seen else (stand.was_at, stand.was_on)
        self._database.execute(_PLATE, (number, stand.plate, *(before if undone else after)))

    def _before(self, stand: Stand, seen: str) -> tuple[str, str]:
        """Where a plate stood before it was ``seen``, as far as this device knows."""
        location, parent = self._database.execute(_STOOD, (stand.plate, seen, stand.plate)).fetchone() or ("", "")
        return location, parent

    def contain(self, contained: Sequence[tuple[int, int]]) -> None:
        """Take (version, number) pairs: from that version on the rows contain the event.

        Rows that are that far already replace what the event laid over them.
        """
        self._database.executemany("UPDATE overlay SET contained = ? WHERE number = ?", contained)
        self._database.executemany(
            "DELETE FROM overlay WHERE number = ? AND EXISTS "
            f"(SELECT 1 FROM stock s WHERE {_SAME_KEY} AND s.version >= overlay.contained)",
            [(number,) for _, number in contained],
        )
        self._database.executemany("UPDATE plate_overlay SET contained = ? WHERE number = ?", contained)
        self._database.executemany(
            "DELETE FROM plate_overlay WHERE number = ? AND EXISTS (SELECT 1 FROM plate p "
            "WHERE p.plate = plate_overlay.plate AND p.version >= plate_overlay.contained)",
            [(number,) for _, number in contained],
        )

    def lift(self, numbers: Iterable[int]) -> None:
        """Take away what events laid: they do not count, and so does nothing that annuls them."""
        for number in numbers:
            gone = self._database.execute(_ANNULLING, (number,)).fetchall()
            self._database.executemany("DELETE FROM overlay WHERE number = ?", gone)
            self._database.executemany("DELETE FROM plate_overlay WHERE number = ?", gone)
            self._database.executemany("DELETE FROM unapproved WHERE number = ?", gone)


def _netted(event: Event, sign: int) -> list[tuple[tuple[str, ...], int]]:
    """Sum postings by key, without virtual accounts and without keys on which nothing remains (a hand passed by)."""
    sums: dict[tuple[str, ...], int] = {}
    for row in postings(event, event.fact):
        k = row.key
        key = (k.place, k.item, k.lot, k.serial, k.owner, k.status)
        sums[key] = sums.get(key, 0) + sign * row.quantity
    return [(key, quantity) for key, quantity in sums.items() if quantity and is_on_device(key[0])]
