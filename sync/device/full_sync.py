"""One full sync in the calling thread: everything up, everything down, then the count of it."""

from collections import Counter
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.config import Sync
from scanner_app.domain.clock import Stamp
from scanner_app.errors import LinkError
from scanner_app.store.store import Store
from sync.device.exchanger import Exchanger
from sync.device.flight import launched
from sync.device.happenings import Exchanged, Removed
from sync.device.jobs import directly
from sync.device.machine import Phase, SetAside, State, Wait, advance, heard
from sync.device.speaks import Speaks


class Synced(Struct, frozen=True):
    """What a full sync did; ``outcomes`` counts the centre's words on the events pushed."""

    pushed: int
    pulled: int
    waiting: int
    outcomes: Mapping[str, int]


def exchange_once(store: Store, client: Speaks, settings: Sync, stamp: Callable[[], Stamp], program: str) -> Synced:
    """Exchange until nothing is left to push or to pull; at least once.

    No scan waits meanwhile: the log of the cache is moved when it is long.

    Raises:
        LinkError: no answer, or one that says: try again; what was exchanged until then is kept.
        RefusedError: the centre will not talk to this device.
        StoreError: the store could not be written.
    """
    run = directly(store)
    exchanger = Exchanger(
        store, run, client, settings=settings, stamp=stamp, chance=lambda: 0.0, program=program, launch=launched
    )
    state, tally = exchanger.begun(), Counter[str]()
    while True:
        state, do = advance(state, stamp().monotonic_us / 1e6)
        match do:
            case SetAside(number=number, reason=reason):
                state = heard(state, Removed(exchanger.set_aside(number, reason)), settings)
                tally["not_accepted"] += 1
            case Wait():
                return _summed(state, tally)
            case _:
                done = exchanger.exchange(do)
                state = _unless_failed(heard(state, done, settings))
                if isinstance(done, Exchanged):
                    tally.update({**done.outcomes, _PUSHED: done.answered, _PULLED: done.pulled})
                if store.file.is_log_long:
                    store.file.checkpoint()


def unhurried(settings: Sync) -> Sync:
    """Settings for when nobody scans: a whole answer is stored in one transaction."""
    return replace(settings, transaction_rows_max=max(settings.push_batch_max, settings.pull_rows_max))


def _unless_failed(state: State) -> State:
    if state.phase is Phase.RETRYING:
        raise LinkError("The centre answers, but takes nothing that is sent to it. Ask whoever runs it.")
    return state


def _summed(state: State, tally: Counter[str]) -> Synced:
    pushed, pulled = tally.pop(_PUSHED, 0), tally.pop(_PULLED, 0)
    return Synced(pushed, pulled, state.waiting, dict(tally))


_PUSHED, _PULLED = "#pushed", "#pulled"
