"""Moves: how much was moved at each place, summed behind the ledger as far as it was read; each row of it once."""

from sqlalchemy import Connection, bindparam, func, literal_column, select

from sync.central.book.counters import shared_counters
from sync.central.database.bulk import dialect_insert, upsert_rows
from sync.central.database.store import CentralStore
from sync.central.database.tables import counters, ledger, moves_read, place_moves

MONTH_US = 30 * 24 * 3600 * 1_000_000
MONTHS = 3
"""So many of them are looked at, this one among them."""
ROWS_MAX = 200_000
"""Of the ledger in one transaction."""


def month_of(instant_us: int) -> int:
    return instant_us // MONTH_US


def read_moves(store: CentralStore, site: str, now_us: int) -> None:
    """Sum what was added to the ledger since it was read last."""
    while store.write(lambda connection: _read_some(connection, site, now_us)):
        pass


def _read_some(connection: Connection, site: str, now_us: int) -> bool:
    """Sum some more; say whether there may be more still. Two who do this wait for each other."""
    shared_counters(connection, site)
    first = dialect_insert(connection, moves_read).values(site=site, recorded=0)
    connection.execute(first.on_conflict_do_nothing())
    read = int(connection.execute(_READ, {"of_site": site}).scalar_one())
    newest = int(connection.execute(_NEWEST, {"of_site": site}).scalar_one())
    until = min(newest, read + ROWS_MAX)
    if until > read:
        within = {"of_site": site, "read": read, "until": until, "oldest": (month_of(now_us) - MONTHS) * MONTH_US}
        insert = dialect_insert(connection, place_moves).from_select(["site", "place", "month", "moves"], _SUMS)
        more = place_moves.c.moves + insert.excluded.moves
        connection.execute(
            insert.on_conflict_do_update(index_elements=list(place_moves.primary_key), set_={"moves": more}), within
        )
        upsert_rows(connection, moves_read, [(site, until)])
    return until < newest


_READ = select(moves_read.c.recorded).where(moves_read.c.site == bindparam("of_site")).with_for_update()
_NEWEST = select(counters.c.recorded).where(counters.c.site == bindparam("of_site"))
_MONTH = ledger.c.effective_us // literal_column(str(MONTH_US))
_SUMS = (
    select(ledger.c.site, ledger.c.place, _MONTH, func.count())
    .where(
        ledger.c.site == bindparam("of_site"),
        ledger.c.recorded > bindparam("read"),
        ledger.c.recorded <= bindparam("until"),
        ledger.c.effective_us >= bindparam("oldest"),
        ledger.c.via == literal_column("''"),
        ledger.c.place.not_like("@%"),
    )
    .group_by(ledger.c.site, ledger.c.place, _MONTH)
)
"""Legs of the floor itself: what a count or an undo has put right is no move."""
