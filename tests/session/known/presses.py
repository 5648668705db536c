"""Ten usual jobs, done at a real session, and what each costs: scans, and presses of keys. Run it to see the table."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from scanner_app.domain.catalog import Item, Plate, Stock, Tracking
from scanner_app.domain.quantity import whole
from scanner_app.session.view.view import Tone
from tests.warehouse import GTIN, Floor

CHEESE, DRILL, PLATE = "4006381333948", "4006381333955", "340123450000000017"
LOT = "L2026-0815-A"
SERIALS = tuple(f"S-{n:02}" for n in range(1, 11))
MIXED = tuple(f"2000{n:02}" for n in range(1, 7))
MORE = [
    Plate("340123450000000024", "A-01-01"),
    Stock("A-01-02", "100002", LOT, "", "OWN", "AVAILABLE", whole(9)),
    *(Stock("A-01-04", "100003", "", serial, "OWN", "AVAILABLE", whole(1)) for serial in SERIALS),
    *(Item(item, f"Item {item}", "EA", Tracking.NONE) for item in MIXED),
    *(Stock("A-01-05", item, "", "", "OWN", "AVAILABLE", whole(4)) for item in MIXED),
    Stock(PLATE, "100001", "", "", "OWN", "AVAILABLE", whole(24)),
]


class Scan(str):
    """What a scanner reads."""


class Job(NamedTuple):
    """``begin`` leads to where it begins and costs nothing; each of ``steps`` is a scan, what is typed, or a key."""

    name: str
    steps: tuple[str, ...]
    begin: tuple[str, ...] = ()


def scans(*codes: str) -> tuple[Scan, ...]:
    return tuple(map(Scan, codes))


JOBS = (
    Job("Move 12 pieces from bin to bin", ("1", *scans("A-01-01", GTIN), "12", *scans("A-01-05"))),
    Job("The next item out of the same bin", (*scans(GTIN), "5", *scans("A-01-05")),
        ("1", "A-01-01", GTIN, "12", "A-01-05")),
    Job("Move a lot that has no barcode", (*scans("A-01-02", CHEESE), "2", "3", *scans("A-01-05")), ("1",)),
    Job("Move ten serials to one place", scans("A-01-04", DRILL, *SERIALS, "A-01-01"), ("1",)),
    Job("Take five serials into the hand", scans("A-01-04", DRILL, *SERIALS[:5], "A-01-04"), ("2",)),
    Job("Empty a bin of six items", (*scans("A-01-05"), "1", *scans("A-01-01", "A-01-01")), ("1",)),
    Job("See what is on a pallet, then move it", scans(PLATE, "A-01-05"), ("1",)),
    Job("Where else is what I have in hand?", ("key:F6", "key:F3"), ("1", "A-01-01", GTIN)),
    Job("Build a pallet, from the menu", ("41", *scans("340123450000000024"))),
    Job("Sign out", ("key:F9",)),
)  # fmt: skip


class Cost(NamedTuple):
    scans: int
    presses: int


def cost(job: Job) -> Cost:
    """A line that is typed ends with Enter; a scan ends itself."""
    typed = [step for step in job.steps if not isinstance(step, Scan)]
    presses = sum(1 if step.startswith("key:") else len(step) + 1 for step in typed)
    return Cost(len(job.steps) - len(typed), presses)


def done(job: Job) -> list[str]:
    """Do it; what was said at each step. A mistake is none of the job.

    Raises:
        AssertionError: a step was refused, or asked for again in vain.
    """
    with tempfile.TemporaryDirectory() as folder:
        floor = Floor(Path(folder), more=MORE)
        floor.sign_in()
        floor.say(*job.begin)
        said = []
        for step in job.steps:
            view = floor.say(step)
            assert view.tone is not Tone.BAD, (job.name, step, view.message)
            said.append(view.message)
        floor.close()
        return said


if __name__ == "__main__":
    for job in JOBS:
        print(job.name, *cost(job), done(job)[-1], sep=" | ")
