"""The look-up of what a person has adjusted here and that is no stock yet: it waits for somebody to accept it."""

from scanner_app.domain.catalog import AVAILABLE, OWN
from scanner_app.domain.quantity import SCALE
from scanner_app.workflows.lookups.look import Examples, Look
from scanner_app.workflows.lookups.samples import ITEM, PLACE
from scanner_app.workflows.lookups.stock import HeldRow, Rows


class Unapproved(Look, frozen=True, tag="unapproved"):
    """Look up what waits for somebody to accept it of what a person adjusted here, the newest first.

    Its rows say by how much stock will become more or less.
    """

    operator: str
    rows_max: int = 5

    def examples(self) -> Examples:
        row = HeldRow(PLACE, ITEM, "", "", OWN, AVAILABLE, -SCALE, "name", "EA")
        return ("", Rows(())), ("something waits", Rows((row,)))
