"""The library: all scripts by name. Processes are loaded when the first of them is wanted, or before by ``load``."""

from collections.abc import Iterator, Mapping
from functools import cache

from scanner_app.workflows.engine.script import Script
from scanner_app.workflows.shift.leave import LEAVE
from scanner_app.workflows.shift.lock import LOCK
from scanner_app.workflows.shift.sign_in import SIGN_IN

_AT_THE_DOOR = {script.name: script for script in (SIGN_IN, LEAVE, LOCK)}
"""What may be asked before anybody has signed in: the first prompt waits for nothing else."""


@cache
def load() -> dict[str, Script]:
    """Every script by its name: those on the menu, and those that another script or a command starts."""
    from scanner_app.workflows.adjust.adjust import ON_ADJUST
    from scanner_app.workflows.count.by_item import COUNT_ITEM
    from scanner_app.workflows.menu import MENU, scripts
    from scanner_app.workflows.shift.unfinished import UNFINISHED
    from scanner_app.workflows.tasks.stocktake import STOCKTAKE

    adjusting = (listed.script for listed in ON_ADJUST if listed.script)
    others = (*adjusting, COUNT_ITEM, STOCKTAKE, LOCK, UNFINISHED)
    return {script.name: script for script in (SIGN_IN, MENU, *scripts(), *others)}


class _Library(Mapping[str, Script]):
    def __getitem__(self, name: str) -> Script:
        return _AT_THE_DOOR.get(name) or load()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(load())

    def __len__(self) -> int:
        return len(load())


SCRIPTS: Mapping[str, Script] = _Library()
