"""Events at hand: those that the words of a batch name, each once, whichever judge makes something of it."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection

from scanner_app.domain.events.decided import SubjectKind
from sync.central.events.decode import Arrival
from sync.central.intake.event_case import EventCase, stored_cases
from sync.central.words.identified_codes import codes_of
from sync.central.words.kept_words import said_on


class EventsAtHand:
    """``fresh`` are the events that arrive with the batch; ``booked`` those that words have brought into the book."""

    def __init__(self, connection: Connection, site: str, fresh: Mapping[str, EventCase]) -> None:
        self._connection = connection
        self._site = site
        self._fresh = fresh
        self._cases: dict[str, EventCase] = {}
        self.booked: list[Arrival] = []

    def load(self, names: Collection[str]) -> None:
        """Read those that are not here yet, with what was said of them and what their codes are."""
        missing = {*names} - self._cases.keys()
        if not missing:
            return
        cases = stored_cases(self._connection, self._site, sorted(missing - self._fresh.keys()))
        cases |= {name: self._fresh[name] for name in missing & self._fresh.keys()}
        said = said_on(self._connection, self._site, SubjectKind.EVENT, cases.keys())
        codes = codes_of(self._connection, self._site, cases.keys())
        for name, case in cases.items():
            case.said, case.codes = said.get(name, []), codes.get(name, [])
        self._cases |= cases

    def get(self, name: str) -> EventCase | None:
        return self._cases.get(name)

    def __getitem__(self, name: str) -> EventCase:
        return self._cases[name]

    def __iter__(self) -> Iterator[EventCase]:
        return iter(self._cases.values())

    @property
    def changed(self) -> Mapping[str, EventCase]:
        """Those of which words have made something."""
        return {name: case for name, case in self._cases.items() if case.is_changed}
