"""A day of a person: what each item was adjusted by, and what that is under each limit that counts by the day."""

from collections.abc import Callable, Iterable, Mapping

from scanner_app.domain.limits.judged import Sum, Valued, ruling
from scanner_app.domain.limits.limit import Limit, Per

Roles = tuple[str, ...]


class PersonDay:
    """Sums by item, and by limit for those roles that were asked about: two badges of a person may have others."""

    def __init__(self, items: Mapping[str, Sum]) -> None:
        self._items = dict(items)
        self._by_roles: dict[Roles, dict[str, Sum]] = {}

    @property
    def items(self) -> Iterable[str]:
        return self._items.keys()

    def under(self, limits: list[Limit], roles: Roles, goods: Mapping[str, Valued]) -> Mapping[str, Sum]:
        """What was done under each of the ``limits`` that hold for some roles."""
        if roles not in self._by_roles:
            sums: dict[str, Sum] = {}
            for item, one in self._items.items():
                _add(sums, limits, item, one, goods)
            self._by_roles[roles] = sums
        return self._by_roles[roles]

    def renew(self) -> None:
        """Forget what was done under limits: others are known now."""
        self._by_roles.clear()

    def add(self, held: Callable[[Roles], list[Limit]], more: Mapping[str, Sum], goods: Mapping[str, Valued]) -> None:
        """Count what an event adds to the day; ``held`` are the limits for some roles."""
        for item, one in more.items():
            before = self._items.get(item)
            self._items[item] = before.plus(one) if before else one
            for roles, sums in self._by_roles.items():
                _add(sums, held(roles), item, one, goods)

    def take_off(self, less: Mapping[str, Sum]) -> None:
        """Count no more what never happened."""
        for item, one in less.items():
            self._items[item] = self._items.get(item, Sum()).less(one)
        self._by_roles.clear()


def held_for(limits: Iterable[Limit], roles: Roles) -> list[Limit]:
    """The limits that hold for who has some roles."""
    return [limit for limit in limits if limit.role in ("", *roles)]


def _add(sums: dict[str, Sum], limits: list[Limit], item: str, one: Sum, goods: Mapping[str, Valued]) -> None:
    if limit := ruling(limits, item, goods.get(item, Valued()).abc, Per.DAY):
        sums[limit.limit] = sums.get(limit.limit, Sum()).plus(one)
