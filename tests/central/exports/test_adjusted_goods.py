"""The listing of adjustments: what waits and what was rejected stand in it with who decided, and nowhere else."""

import json
from pathlib import Path

from sync.central.database.store import CentralStore
from sync.central.exports.lines import export_lines
from sync.central.exports.listings import Selection
from tests.central.intake.approval.desk import OTHER, Floor, held, into, out


def test_each_leg_with_its_cost_its_outcome_and_who_decided(store: CentralStore, tmp_path: Path) -> None:
    floor = Floor(store, tmp_path / "own", "one,adjust,,,,,10,,")
    booked = floor.made(into(2, "B"))
    floor.push(booked)
    accepted, rejected, waits = (floor.waiting(fact) for fact in (out(11), out(12), out(13)))
    changed = floor.waiting(held(14), "s2", OTHER)
    floor.say("accept", accepted.id)
    floor.say("reject", rejected.id)
    rows = {row["event"]: row for row in map(json.loads, export_lines(store, Selection("adjustments"), "jsonl"))}
    names = ("quantity", "cost", "value", "outcome", "decided", "decided_by", "passed", "status_after")
    assert {name: tuple(row[one] for one in names) for name, row in rows.items()} == {
        booked.id: ("2", "2", "4", "posted", "", "", "", ""),
        accepted.id: ("-11", "2", "22", "posted", "accept", "s1", "event:quantity:10000000", ""),
        rejected.id: ("-12", "2", "24", "void", "reject", "s1", "event:quantity:10000000", ""),
        waits.id: ("-13", "2", "26", "waiting_for_approval", "", "", "event:quantity:10000000", ""),
        changed.id: ("14", "2", "28", "waiting_for_approval", "", "", "event:quantity:10000000", "DAMAGED"),
    }
    causes = {row["cause"] for row in map(json.loads, export_lines(store, Selection("ledger"), "jsonl"))}
    assert causes.isdisjoint({rejected.id, waits.id, changed.id})
    assert {booked.id, accepted.id} <= causes
