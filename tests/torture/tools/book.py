"""The centre's book against what the devices know they did: nothing missing, nothing doubled."""

from collections import Counter

from tests.torture.tools.site import Device, Site


def assert_complete(site: Site, devices: list[Device], moves: dict[str, int]) -> None:
    """Every event of every device is in the book once, in its order, with all its rows; and the book is sound."""
    events = [event for event in site.exported("events") if event["device"] != "centre"]
    made = {device.name: device.events() for device in devices}
    assert {name: len(ids) for name, ids in made.items()} == moves
    ids = [event["id"] for event in events]
    assert Counter(ids) == Counter(one for found in made.values() for one in found)
    sequences: dict[str, list[int]] = {}
    for event in events:
        sequences.setdefault(event["device"], []).append(event["sequence"])
    assert sorted(map(sorted, sequences.values())) == sorted(list(range(1, n + 1)) for n in moves.values() if n)
    rows = Counter(row["cause"] for row in site.exported("ledger"))
    assert {rows[one] for one in ids} <= {4}, "a move has two legs, each with two sides"
    assert site.verified() == "The book is sound.\n"
