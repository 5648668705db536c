"""Rights: whether an operator may begin a process, by the right that its script needs."""

from scanner_app.domain.people import Right, may
from scanner_app.store.lookups.catalog import Catalog


def has_right(catalog: Catalog, operator: str, right: Right | None) -> bool:
    """Say whether an operator has a right by the master data; everybody may what needs none."""
    if right is None:
        return True
    known = catalog.operator(operator)
    return known is not None and may(known.roles, right, catalog.taken_away())
