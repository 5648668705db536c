"""Lines of counts as the store has them, read once within a transaction, by counts or by claims."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.count import CountLine, Reading
from scanner_app.domain.ledger import StockKey
from sync.central.counting.told import BOOKED, HELD
from sync.central.database.among import among
from sync.central.database.tables import count_lines

_READINGS = {HELD: Reading.HELD, BOOKED: Reading.READ}


class Lines:
    """The lines of a site, which do not change any more within the transaction."""

    def __init__(self, connection: Connection, site: str) -> None:
        self._connection = connection
        self._site = site
        self._by_claim: dict[str, list[CountLine]] = {}

    def of_counts(self, counts: Collection[str]) -> Mapping[str, list[CountLine]]:
        """All lines of some counts."""
        by_count: dict[str, list[CountLine]] = defaultdict(list)
        by_claim: dict[str, list[CountLine]] = defaultdict(list)
        for row in self._rows(_OF_COUNTS, counts):
            counted = line_of(row)
            by_count[counted.count].append(counted)
            by_claim[row.claim].append(counted)
        self._by_claim |= by_claim
        return by_count

    def of_claims(self, ids: Collection[str]) -> Mapping[str, list[CountLine]]:
        """All lines of some claims, those left out that have none."""
        unknown = [id for id in ids if id not in self._by_claim]
        self._by_claim |= {id: [] for id in unknown}
        for row in self._rows(_OF_CLAIMS, unknown):
            self._by_claim[row.claim].append(line_of(row))
        return {id: lines for id in ids if (lines := self._by_claim[id])}

    def _rows(self, statement: Any, names: Collection[str]) -> Collection[Any]:
        asked = {"of_site": self._site, "names": sorted(names)}
        return self._connection.execute(statement, asked).all() if names else ()


def instant_of(row: Any) -> Instant:
    return Instant(row.effective_us, row.device, row.epoch, row.sequence, 0)


def line_of(row: Any) -> CountLine:
    """A line as its row holds it, which is unpacked at once: every look into a row costs."""
    _site, event, count, _claim, *key, quantity, begun_us = row[:12]
    at_us, device, epoch, sequence, uncertainty_us, operator, person, state = row[12:20]
    is_owner_said, is_status_said, recounts, was_shown, is_undone = row[20:25]
    return CountLine(
        event=event,
        count=count,
        key=StockKey(*key),
        quantity=quantity,
        begun_us=begun_us,
        instant=Instant(at_us, device, epoch, sequence, 0),
        uncertainty_us=uncertainty_us,
        operator=operator,
        person=person,
        reading=_READINGS.get(state, Reading.VOID),
        is_alive=not is_undone,
        is_unsaid=not (is_owner_said and is_status_said),
        recounts=recounts,
        was_shown=bool(was_shown),
    )


_AT_SITE = count_lines.c.site == bindparam("of_site")
_OF_COUNTS = select(count_lines).where(_AT_SITE, among(count_lines.c.count_id, "names"))
_OF_CLAIMS = select(count_lines).where(_AT_SITE, among(count_lines.c.claim, "names"))
