"""The walk: what becomes of claims by what enters the book, leaves it, or is said; equal to the fold from scratch."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from scanner_app.domain.clock import Instant
from scanner_app.domain.counting.claim import Claim, Goods
from scanner_app.domain.counting.posted import Change, Posted
from scanner_app.domain.counting.state import Kept, Row
from scanner_app.domain.counting.word import ClaimWord
from scanner_app.domain.ledger import StockKey


class Window(NamedTuple):
    """The claims as they were kept, of all goods that are touched; those of each goods without a gap between them.

    They reach from ``since`` the earliest affected claim (and what such a one looks back at: the claim that it
    recounts with all between, the claims of its own count of the same goods) to the instant in ``until``; goods that
    are not in there are complete. ``words``: the valid words by claim id, and by closing event for those on the whole.
    """

    kept: Collection[Kept] = ()
    words: Mapping[str, Sequence[ClaimWord]] = {}
    until: Mapping[Goods, Instant] = {}


class News(NamedTuple):
    """What is new: ``changes`` of the book, written already; claims that are ``gone``, by id, and that are ``new``.

    A claim with other lines than before, or another closing, is gone and new. Of a new one ``met`` has what each key of
    its goods held just before its instant (keys that held nothing may be left out; without ``looks_around`` its own key
    is enough), ``changes`` included; ``near`` are the legs of its goods that may overlap it, ``changes`` included.
    ``touched`` are the ids of the claims on which something was said.
    """

    changes: Sequence[Change] = ()
    gone: Collection[str] = ()
    new: Sequence[Claim] = ()
    met: Mapping[str, Mapping[StockKey, int]] = {}
    near: Sequence[Posted] = ()
    touched: Collection[str] = ()


class Walked(NamedTuple):
    """The claims whose state is another now, the ``rows`` to write, and the goods whose window ended too early."""

    kept: Sequence[Kept]
    rows: Sequence[Row]
    unended: frozenset[Goods] = frozenset()


def walk(window: Window, news: News) -> Walked:
    """Walk over the claims of each goods, once, in order of instants."""
    raise NotImplementedError
