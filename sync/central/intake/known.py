"""What the centre knows of everything a batch of events names, gathered before any of it is judged."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from scanner_app.domain.catalog import LocationState
from scanner_app.domain.events.law import Maker, Undone
from scanner_app.domain.item_rules import StockRules
from scanner_app.domain.ledger import is_account, is_in_hand
from scanner_app.domain.people import Right, Role, rights_of


class Authority(NamedTuple):
    """What an operator may do here, and who it is: empty where the operator itself is a person.

    ``taken_away`` are the rights that the site does not let its roles have.
    """

    roles: tuple[Role, ...]
    active: bool
    person: str = ""
    taken_away: tuple[str, ...] = ()

    @property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.roles, self.taken_away)

    def may(self, right: Right) -> bool:
        return right in self.rights


@dataclass(frozen=True)
class Known:
    """What the centre knows of everything a batch names.

    ``places`` maps a place to its state (a plate in use is open), ``items`` an item to whether it is active, ``rules``
    to what stock of it must be, ``base_units`` to its base unit, ``targets`` those events ``annulled`` by the batch
    that are known. ``waited`` are those of its own events for which annulments wait, ``early`` those for which some
    wait to be judged again. A batch ``is_ordinary`` when all it names is known and open; its legs need no look one by
    one; ``quantity`` is what they move together (micro-units). ``limited`` are the processes of which limits may
    rule it.
    """

    items: Mapping[str, bool] = field(default_factory=dict)
    rules: Mapping[str, StockRules] = field(default_factory=dict)
    base_units: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, LocationState] = field(default_factory=dict)
    plates: Set[str] = frozenset()
    targets: Mapping[str, Undone] = field(default_factory=dict)
    annulled: Set[str] = frozenset()
    owners: Set[str] = frozenset()
    statuses: Set[str] = frozenset()
    operators: Mapping[str, Authority] = field(default_factory=dict)
    waited: Set[str] = frozenset()
    early: Set[str] = frozenset()
    is_ordinary: bool = False
    limited: Set[str] = frozenset()
    quantity: int = 0

    def maker(self, operator: str) -> Maker:
        """An operator in the words of the law of kinds."""
        authority = self.operators.get(operator)
        if authority is None:
            return Maker(operator, operator, is_known=False, is_active=False)
        return Maker(operator, authority.person or operator, authority.rights, is_active=authority.active)

    def who(self, operator: str) -> str:
        """The person that an operator is; one who is not known is nobody else."""
        authority = self.operators.get(operator)
        return (authority.person if authority else "") or operator

    def may_decide(self, operator: str) -> bool:
        """Say whether an operator may decide what others did; one who is not known, or no longer here, may not."""
        authority = self.operators.get(operator)
        return authority is not None and authority.active and authority.may(Right.DECIDE)

    def covers(self, places: Set[str], items: Set[str], owners: Set[str], statuses: Set[str]) -> bool:
        """Say whether all of these are known, in use and open."""
        return (
            all(self.places.get(name) is LocationState.OPEN or is_virtual_known(name) for name in places)
            and all(map(self.items.get, items))
            and owners <= self.owners
            and statuses <= self.statuses
        )


def is_virtual_known(place: str) -> bool:
    """Say whether a place that is not on the floor is one that there is: an account, or somebody's hand."""
    return is_account(place) or is_in_hand(place)
