"""The doctor on counts: what the site leaves open is told, and nothing where it leaves nothing open."""

from contextlib import closing
from pathlib import Path

import pytest

from scanner_app.doctor.examination import unbounded_counts
from scanner_app.domain.catalog import Site
from scanner_app.domain.people import Operator, Role
from scanner_app.store.store import open_store

SUPERVISOR = (Role.SUPERVISOR,)
ONE = [
    Operator("2001", "Supervisor 2001", "b1", "h", SUPERVISOR),
    Operator("2009", "Supervisor 2001", "b9", "h", SUPERVISOR, person="2001"),
    Operator("1001", "Worker 1001", "b2", "h"),
]
TWO = [*ONE, Operator("2002", "Supervisor 2002", "b3", "h", SUPERVISOR)]


@pytest.mark.parametrize(
    ("bound", "people", "told"),
    [
        (-1, ONE, ["a recount that agrees", "only 2001 may decide"]),
        (0, ONE, ["only 2001 may decide"]),
        (-1, TWO, ["a recount that agrees"]),
        (5, TWO, []),
        (5, [], []),
    ],
)
def test_what_the_site_leaves_open_is_told(tmp_path: Path, bound: int, people: list[Operator], told: list[str]) -> None:
    with closing(open_store(tmp_path)) as store:
        with store.transaction:
            store.feed.put([(1, Site("W1", "First", recount_value_max=bound)), *enumerate(people, 2)])
        found = [check.sentence for check in unbounded_counts(store.file.database)]
    assert [sentence[: len(start)] for sentence, start in zip(found, told, strict=True)] == told
