"""Every judge there is, by the kind of subject; a word on any other kind is kept, and is told that nobody judges it."""

from sync.central.intake.judges.events import EventJudge
from sync.central.intake.judges.judge import Judge

JUDGES: tuple[type[Judge], ...] = (EventJudge,)
BY_KIND: dict[str, type[Judge]] = {judge.kind.value: judge for judge in JUDGES}
