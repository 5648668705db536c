"""Approved: the rulings on the events of a batch once adjustments that go above a limit wait."""

from collections.abc import Mapping

from sync.central.intake.approval.approving import Approving
from sync.central.intake.claims import Claim
from sync.central.intake.known import Known
from sync.central.intake.ruling import Ruling


def approved(
    approving: Approving, fresh: Mapping[str, Claim], rulings: Mapping[str, Ruling], known: Known
) -> dict[str, Ruling]:
    """Judge adjustments in the order of the batch; of what the centre does itself nobody is asked."""
    counted = {key: claim for key, claim in fresh.items() if rulings[key].counts and not claim.batch.sender.is_centre}
    approving.look_up((claim.arrival for claim in counted.values()), known)
    after = dict(rulings)
    for key, claim in counted.items():
        ruling = approving.ruled(claim.arrival, rulings[key])
        if claim.arrival.fact and claim.arrival.fact.undoes:
            approving.never_happened(claim.arrival.fact.undoes)
        elif ruling.counts:
            approving.passing(claim.arrival)
        after[key] = ruling
    return after
