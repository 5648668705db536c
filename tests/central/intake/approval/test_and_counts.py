"""Adjustments that are accepted late, and counts of the same goods: what was counted holds, in whatever order."""

from pathlib import Path

import pytest
from sqlalchemy import select

from scanner_app.domain.counting.identity import claim_id, count_name, version_of
from scanner_app.domain.events.counted import Counted
from scanner_app.domain.events.decided import Decided, SubjectKind
from scanner_app.domain.events.fact import Fact
from scanner_app.domain.events.line import Line
from scanner_app.domain.events.saying import Subject
from scanner_app.domain.quantity import SCALE
from sync.central.audit.verification import verify
from sync.central.database.store import CentralStore
from sync.central.database.tables import claims
from tests.central.intake.approval.desk import DESK, OTHER, Floor, into, out
from tests.central.warehouse import NOW_US, key

HOUR_US = 3_600_000_000


@pytest.mark.parametrize("is_counted_first", [True, False])
@pytest.mark.parametrize("fact", [out(40), into(40)])
def test_a_later_count_of_the_key_absorbs_what_is_accepted_late(
    store: CentralStore, tmp_path: Path, fact: Fact, is_counted_first: bool
) -> None:
    floor = Floor(store, tmp_path / "own", "x,adjust,,,,,10,,")
    made = floor.waiting(fact)
    line = Line(
        "c1",
        key("A"),
        60 * SCALE,
        NOW_US + HOUR_US,
        NOW_US + HOUR_US,
        "EA",
        "EA",
        is_owner_said=True,
        is_status_said=True,
    )
    counted = floor.made(Counted(line), "w2", OTHER)
    floor.push(counted, sender=OTHER, at_us=NOW_US + HOUR_US)
    name = claim_id(count_name(OTHER.device, "c1"), key("A"))
    subject = Subject(SubjectKind.CLAIM, name, version_of((counted.id,)), 0, -40 * SCALE)
    word = floor.made(Decided(NOW_US + HOUR_US, "accept", (subject,), "counted"), "s1", DESK)
    if is_counted_first:
        floor.push(word, sender=DESK, at_us=NOW_US + HOUR_US)
        assert floor.pieces("A") == 60
    assert floor.say("accept", made.id) == ()
    if not is_counted_first:
        floor.push(word, sender=DESK, at_us=NOW_US + HOUR_US)
    assert (floor.pieces("A"), verify(store)) == (60, [])
    with store.reading() as connection:
        row = connection.execute(select(claims.c.variance, claims.c.adjustment, claims.c.stands)).one()
    off = 0 if fact == out(40) else -80 * SCALE
    assert (row.adjustment, bool(row.stands)) == (off, True)
    assert floor.say("withdraw", made.id) == ()
    assert (floor.pieces("A"), verify(store)) == (60, []), "what was counted holds without it, too"
    with store.reading() as connection:
        row = connection.execute(select(claims.c.variance, claims.c.adjustment, claims.c.stands)).one()
    assert (row.adjustment, bool(row.stands)) == (-40 * SCALE, True), "and explains by itself what is gone"
