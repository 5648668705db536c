"""Every judge there is, by the kind of subject; a word on any other kind is kept, and is told that nobody judges it."""

from sync.central.intake.judges.adjustments import AdjustmentJudge
from sync.central.intake.judges.counts import CountJudge
from sync.central.intake.judges.events import EventJudge
from sync.central.intake.judges.judge import Judge
from sync.central.intake.judges.plates import PlateJudge

JUDGES: tuple[type[Judge], ...] = (EventJudge, AdjustmentJudge, CountJudge, PlateJudge)
BY_KIND: dict[str, type[Judge]] = {kind.value: judge for judge in JUDGES for kind in judge.kinds}
