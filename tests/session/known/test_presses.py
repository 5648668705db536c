"""What usual jobs cost in scans and keys, as the docs tell it."""

from pathlib import Path

import pytest

from tests.session.known.presses import JOBS, Job, cost, done

USING = Path(__file__).parents[3] / "docs" / "using.md"


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_job_costs_what_the_docs_say(job: Job) -> None:
    done(job)
    rows = [
        line.split("|") for line in USING.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {job.name} |")
    ]
    (row,) = rows
    assert tuple(map(int, row[4:6])) == cost(job)
    before, after = (sum(map(int, row[start : start + 2])) for start in (2, 4))
    assert after <= before, "no job has become longer"
