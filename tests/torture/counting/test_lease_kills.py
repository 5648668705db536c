"""Kill -9 at each entry of somebody who is sent from place to place: no lease or task is lost, and none is doubled."""

import random
from collections import Counter
from pathlib import Path

import msgspec

from scanner_app.domain.events.event import Event
from scanner_app.domain.task import COUNT, Task, name_of
from tests.extent import SEED, extent
from tests.torture.counting.test_count_kills import IN_FLIGHT_S_MAX, at, killed
from tests.warehouse import GTIN, Floor

ROUNDS = extent(1, 20)
PLACES = ("A-01-01", "A-01-02", "A-01-03", "A-01-04", "A-01-05")
ENTRIES = ("8", "key:F5", ".x", "1", "A-01-03", "A-01-03", GTIN, "A-01-03", "A-01-03", "key:F5")
_event = msgspec.json.Decoder(Event).decode


def begun(folder: Path, life: int) -> Floor:
    floor = at(folder, life)
    rows = [Task(name_of(place), COUNT, place, walk=walk, plan="p") for walk, place in enumerate(PLACES)]
    with floor.store.transaction:
        floor.store.feed.put([(50_000 + number, row) for number, row in enumerate(rows)])
    floor.sign_in()
    return floor


def told(floor: Floor) -> Counter[str]:
    """Every task that was asked for, and every one that was ended, with why."""
    facts = [_event(payload).fact for payload in floor.events()]
    asked = [f"asked {task}" for fact in facts if fact.leases for task in fact.leases.tasks]
    return Counter([*asked, *(f"{fact.ends.reason} {fact.ends.task}" for fact in facts if fact.ends)])


def test_no_lease_is_lost_or_doubled_by_a_kill_at_any_entry(tmp_path: Path) -> None:
    undisturbed = begun(tmp_path / "undisturbed", 0)
    prompts = [undisturbed.desk.view().prompt, *(undisturbed.say(entry).prompt for entry in ENTRIES)]
    assert told(undisturbed)["asked " + name_of(PLACES[0])] == 1
    chance = random.Random(SEED)
    for number in range(ROUNDS):
        folder, life = tmp_path / f"round {number}", 0
        begun(folder, life).close()
        for place, entry in enumerate(ENTRIES):
            killed(folder, life + 1, entry, chance.uniform(0, IN_FLIGHT_S_MAX))
            life += 2
            floor = at(folder, life)
            if floor.desk.view().prompt != prompts[place + 1]:
                floor.say(entry)
            assert floor.desk.view().prompt == prompts[place + 1], (place, entry)
            floor.close()
        floor = at(folder, life + 2)
        assert told(floor) == told(undisturbed)
        floor.close()
    undisturbed.close()
