"""What a floor has booked as moved, in order."""

import msgspec

from scanner_app.domain.events.event import Event
from scanner_app.domain.events.moved import Moved
from tests.warehouse import Floor


def moved(floor: Floor) -> list[Moved]:
    facts = [msgspec.json.decode(payload, type=Event).fact for payload in floor.events()]
    return [fact for fact in facts if isinstance(fact, Moved)]
