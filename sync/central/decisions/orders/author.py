"""The author of an order: a person at a device, or the administrator at the centre itself."""

from typing import NamedTuple

from scanner_app.domain.people import CENTRE
from sync.central.decisions.asker import Asker


class Author(NamedTuple):
    """``operator``, who is ``person``, orders something of ``site`` from ``device``."""

    site: str
    operator: str
    person: str
    device: str

    @property
    def is_centre(self) -> bool:
        return self.operator == CENTRE


def at_the_centre(site: str) -> Author:
    """The administrator: a reserved name, which no person can have and every list tells as what it is."""
    return Author(site, CENTRE, CENTRE, CENTRE)


def at_a_desk(asker: Asker) -> Author:
    return Author(asker.site, asker.operator.operator, asker.operator.who, asker.device)
