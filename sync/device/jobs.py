"""Jobs on the store: how one reaches the thread that owns the store, and that it is one transaction there."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from scanner_app.store.store import Store

T = TypeVar("T")


class Run(Protocol):
    """How a job reaches the thread that owns the store; it returns or raises what the job does.

    One that ``is_short`` only looks at a few rows, and need not wait until the last entry is painted.
    """

    def __call__(self, job: Callable[[], T], /, *, is_short: bool = False) -> T: ...


def directly(store: Store) -> Run:
    """Run jobs in the calling thread, which owns the store."""

    def run(job: Callable[[], T], /, *, is_short: bool = False) -> T:  # noqa: ARG001  nobody waits for it to be over
        try:
            return job()
        except BaseException:
            store.forget()
            raise

    return run


def in_transaction(store: Store, job: Callable[[], T]) -> T:
    """Do a job in one transaction of the store, and return what it does."""
    with store.transaction:
        return job()
