"""How much is measured: the sizes that the bounds are meant for, and tiny ones for trying the harness."""

from msgspec import Struct

from scanner_app.demo.scale import FULL, SMALL, Scale


class Size(Struct, frozen=True):
    """``chunks`` of ``moves_per_chunk`` moves are timed scan by scan; the runs are of each side.

    ``pulled`` stock rows are pulled while scanning, ``shift_entries`` are in the log of an open shift. ``pushed``
    events go to a centre that has the goods of ``company`` at each of its ``sites``. ``files`` are imported. Of
    ``storm_devices`` each comes back with ``storm_events``; ``first_rows`` are pulled by a new device; ``watchers``
    wait to see each of ``watched_moves``; ``look_ups`` are asked for; ``waiting`` events of one cell are not sent.
    Honest devices do ``exchanges`` each beside hostile ones. A key of ``postings`` is asked for at so many ``moments``;
    of ``exceptions`` the first page is listed. A place of ``counted`` goods is counted. Counts of
    ``plan_places`` are planned. A size that ``is_trial`` only tries the harness.
    """

    scale: Scale
    company: Scale
    files: Scale
    sites: int
    picks: int
    moves: int
    chunks: int
    moves_per_chunk: int
    events: int
    pulled: int
    shift_entries: int
    move_runs: int
    start_runs: int
    memory_runs: int
    drain_runs: int
    pushed: int
    push_runs: int
    storm_devices: int
    storm_events: int
    first_rows: int
    watchers: int
    watched_moves: int
    postings: int
    moments: int
    look_ups: int
    exceptions: int
    waiting: int
    exchanges: int
    counted: int
    count_runs: int
    late_runs: int
    plan_places: int
    plan_runs: int
    is_trial: bool = False


WHOLE = Size(
    FULL, company=Scale(5_000, 20_000), files=Scale(60_000, 110_000), sites=10,
    picks=4_000, moves=1_000, chunks=12, moves_per_chunk=20, events=100_000,
    pulled=100_000, shift_entries=1_000,
    move_runs=5, start_runs=15, memory_runs=2, drain_runs=2,
    pushed=20_000, push_runs=3, storm_devices=1_000, storm_events=500,
    first_rows=1_000_000, watchers=200, watched_moves=20,
    postings=1_000_000, moments=200, look_ups=600, exceptions=100_000, waiting=6_000, exchanges=200,
    counted=1_000, count_runs=5, late_runs=50,
    plan_places=200_000, plan_runs=3,
)  # fmt: skip
_FEW = Scale(200, 400)
TINY = Size(
    SMALL, company=_FEW, files=_FEW, sites=2,
    picks=40, moves=10, chunks=2, moves_per_chunk=2, events=50,
    pulled=600, shift_entries=30,
    move_runs=1, start_runs=1, memory_runs=1, drain_runs=1,
    pushed=80, push_runs=1, storm_devices=20, storm_events=5,
    first_rows=3_000, watchers=5, watched_moves=2,
    postings=3_000, moments=2, look_ups=9, exceptions=300, waiting=40, exchanges=3,
    counted=9, count_runs=1, late_runs=3, plan_places=400, plan_runs=1, is_trial=True,
)  # fmt: skip
SIZES = {"whole": WHOLE, "tiny": TINY}
