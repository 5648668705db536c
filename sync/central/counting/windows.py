"""Windows: the kept claims that a walk must see, of all goods that are touched, read by a handful of statements.

A window reaches from what may be affected first, and what that looks back at, to a number of claims behind the last:
most walks end there. One that does not is made again over a wider window.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Connection, column

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, Goods, goods_of
from scanner_app.domain.counting.state import Kept
from scanner_app.domain.ledger import StockKey
from sync.central.counting.claim_rows import LONG_US, goods_name, kept_of
from sync.central.database.asked import Columns, asked_rows
from sync.central.database.tables import claims

BEHIND = 8
"""So many claims behind the last that must be seen are read at first."""
WIDER = 8
"""A window that was too narrow is so many times as wide the next time."""
END_US = 2**62
_REACH: Columns = {"goods": str, "low_us": int, "high_us": int}
_MATES: Columns = {"goods": str, "count_id": str}
_IDS: Columns = {"claim": str}


class Span(NamedTuple):
    """From when to when something of goods is touched (us)."""

    low_us: int
    high_us: int

    def with_(self, other: "Span | None") -> "Span":
        return Span(min(self.low_us, other.low_us), max(self.high_us, other.high_us)) if other else self


class Loaded(NamedTuple):
    """Claims that are kept, of some goods; ``until`` is where the window of a goods ends that has more behind it.

    On those ``said`` somebody may have said something; ``mates`` are goods and counts with more than one claim of them.
    """

    kept: list[Kept]
    rows: Mapping[str, Any]
    spans: Mapping[str, Span]
    until: Mapping[Goods, Instant]
    said: Set[str]
    mates: Set[tuple[str, str]] = frozenset()


NOTHING_LOADED = Loaded([], {}, {}, {}, set())


class Windows:
    """Windows over the claims of a site; ``touched`` says of goods, by name, when something of them is touched.

    Around those that were ``looked`` for it was looked as far as that.
    """

    def __init__(
        self, connection: Connection, site: str, touched: Mapping[str, Span], new: Sequence[Claim],
        looked: Mapping[str, Span] | None = None,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._site = site
        self._new = new
        self._spans = dict(touched)
        self._looked = looked or {}
        self._behind = BEHIND
        self._claimed = {(goods_name(claim.key), claim.count) for claim in new}
        self._mated: set[tuple[str, str]] = set()
        """The goods and counts whose claims are all within the windows."""
        for claim in new:
            at_us = claim.instant.time_us
            self._reach(goods_name(claim.key), Span(at_us, at_us))
        self._look_around()

    def widen(self) -> None:
        """Read more the next time."""
        self._behind *= WIDER

    def reach_mates(self, claims: Iterable[Claim], loaded: Loaded) -> bool:
        """Reach as far as what the counts of some claims say of the same goods; say whether the windows did not."""
        self._claimed = {(goods_name(claim.key), claim.count) for claim in claims}
        return self._reaches(self._mates(loaded))

    def reach(self, spans: Iterable[tuple[str, Span]]) -> bool:
        """Reach as far as some spans, of goods that are looked at; say whether the windows did not."""
        return self._reaches((goods, span) for goods, span in spans if goods in self._spans)

    def load(self) -> Loaded:
        """Read the claims of all windows."""
        loaded = self._load()
        while self._reaches(self._mates(loaded)):
            loaded = self._load()
        return loaded

    def _reach(self, goods: str, span: Span) -> bool:
        """Let a window reach as far as a span; say whether it did not."""
        before = self._spans.get(goods)
        self._spans[goods] = span.with_(before)
        return self._spans[goods] != before

    def _reaches(self, spans: Iterable[tuple[str, Span]]) -> bool:
        reached = [self._reach(goods, span) for goods, span in spans]
        return any(reached)

    def _look_around(self) -> None:
        """Reach as far as what overlaps, and as what is counted again or counts again."""
        rows = [(goods, *span) for goods, span in self._spans.items() if self._looked.get(goods) != span]
        found = self._ask(f"WITH {{asked}} {AROUND}", _REACH, rows, long_us=LONG_US)
        again = [(claim.recounts,) for claim in self._new if claim.recounts]
        found += self._ask(_NAMED, _IDS, again) if again else []
        self._reaches((row.goods, Span(row.low_us, row.high_us)) for row in found if row.goods in self._spans)

    def _load(self) -> Loaded:
        asked = [(goods, *span) for goods, span in self._spans.items()]
        rows = self._ask(_WINDOW, _REACH, asked, shape=_SHAPE, behind=self._behind - 1)
        names, ends_us = [row[2] for row in rows], [row[_UNTIL] for row in rows]
        until = {goods: end_us for goods, end_us in zip(names, ends_us, strict=True) if end_us is not None}
        spans = {goods: Span(span.low_us, until.get(goods, END_US)) for goods, span in self._spans.items()}
        kept = [kept_of(row) for row in rows]
        ends = {
            goods_of(one.claim.key): _end(until[goods])
            for one, goods in zip(kept, names, strict=True)
            if goods in until
        }
        said = {row[1] for row in rows if row[_UNTIL + 2] or row[10]}
        mates = {(row[2], row[3]) for row in rows if row[_UNTIL + 1] > 1}
        return Loaded(kept, {row[1]: row for row in rows}, spans, ends, said, mates)

    def _mates(self, loaded: Loaded) -> list[tuple[str, Span]]:
        """How far claims reach that one count makes of the same goods."""
        claimed = self._claimed | loaded.mates
        found = self._ask(_MATED, _MATES, sorted(claimed - self._mated))
        self._mated |= claimed
        spans = [(row.goods, Span(row.low_us, row.high_us)) for row in found]
        return [(goods, span) for goods, span in spans if not _covers(loaded.spans[goods], span)]

    def _ask(self, statement: str, columns: Columns, rows: Sequence[Any], **given: Any) -> list[Any]:
        return list(asked_rows(self._connection, statement, columns, rows, site=self._site, **given)) if rows else []


def _covers(window: Span, span: Span) -> bool:
    return window.low_us <= span.low_us and span.high_us <= window.high_us


def _end(until_us: int) -> Instant:
    return Instant(until_us + 1, "", 0, 0, 0)


def keys_of(loaded: Loaded) -> set[StockKey]:
    """The keys that the claims of windows speak of, or look at."""
    own = {one.claim.key for one in loaded.kept}
    return own | {part.key for one in loaded.kept for part in one.state.parts}


_UNTIL = len(claims.c)
"""Where in a row the end of its window stands, behind which are the number of its mates and whether it was said on."""
_CLAIM = ", ".join(f"c.{column.name}" for column in claims.c)
_OF_GOODS = "c.site = :site AND c.goods = a.goods AND c.is_alive {true}"
_MATES_OF = (
    "(SELECT count(*) FROM claims m WHERE m.site = :site AND m.count_id = c.count_id AND m.goods = c.goods "
    "AND m.is_alive {true})"
)
_IS_SAID = (
    "EXISTS (SELECT 1 FROM words w WHERE w.site = :site AND w.kind = 'claim' AND w.subject = c.claim "
    "AND w.is_valid {true})"
)
_WINDOW = (
    f"WITH {{asked}}, ends AS MATERIALIZED (SELECT a.*, (SELECT c.effective_us FROM claims c WHERE {_OF_GOODS} "
    "AND c.effective_us > a.high_us ORDER BY c.effective_us LIMIT 1 OFFSET :behind) AS until_us FROM asked a) "
    f"SELECT {_CLAIM}, a.until_us, {_MATES_OF} AS mates, {_IS_SAID} AS is_said "
    f"FROM ends a CROSS JOIN claims c WHERE {_OF_GOODS} AND c.effective_us >= a.low_us "
    "AND c.effective_us <= coalesce(a.until_us, 4611686018427387904)"
)
_OVERLAPPED = (
    "SELECT a.goods, min(c.effective_us) AS low_us, max(c.effective_us) AS high_us "
    f"FROM asked a CROSS JOIN claims c WHERE {_OF_GOODS} AND c.effective_us >= a.low_us "
    "AND c.effective_us <= a.high_us + :long_us AND c.begun_us <= a.high_us GROUP BY a.goods "
    "UNION ALL SELECT a.goods, min(c.effective_us), max(c.effective_us) FROM asked a CROSS JOIN claims c "
    f"WHERE {_OF_GOODS} AND c.is_long {{true}} AND c.effective_us >= a.low_us AND c.begun_us <= a.high_us "
    "GROUP BY a.goods"
)
_RECOUNTED = (
    "SELECT a.goods, min(coalesce(f.effective_us, c.effective_us)) AS low_us, "
    "max(c.effective_us) AS high_us FROM asked a CROSS JOIN claims c LEFT JOIN claims f ON f.site = :site "
    f"AND f.claim = c.recounts AND f.is_alive {{true}} WHERE {_OF_GOODS} AND c.recounts != '' "
    "AND c.effective_us >= a.low_us AND (f.claim IS NULL OR f.effective_us <= a.high_us) GROUP BY a.goods"
)
_SHAPE = (*claims.c, column("until_us", BigInteger), column("mates", BigInteger), column("is_said", Boolean))
AROUND = f"{_OVERLAPPED} UNION ALL {_RECOUNTED}"
"""As far as what overlaps spans of goods reaches, and what is counted again or counts again."""
_NAMED = (
    "WITH {asked} SELECT c.goods, c.effective_us AS low_us, c.effective_us AS high_us "
    "FROM asked a CROSS JOIN claims c WHERE c.site = :site AND c.claim = a.claim AND c.is_alive {true}"
)
_MATED = (
    "WITH {asked} SELECT a.goods, min(c.effective_us) AS low_us, max(c.effective_us) AS high_us "
    f"FROM asked a CROSS JOIN claims c WHERE {_OF_GOODS} AND c.count_id = a.count_id GROUP BY a.goods"
)
