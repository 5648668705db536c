"""Replay: after a restart an open script is worked through its verdicts again, looking nothing up.

A newer program may ask other questions, or know an answer no longer. Then the script is at the first question that no
longer matches; what came after it is kept in sight and used for nothing.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from scanner_app.store.log import Judged, Numbered, OpenPlay
from scanner_app.store.unfinished import Step, Took
from scanner_app.workflows.engine.older_logs import as_today
from scanner_app.workflows.engine.runner import GO_ON, Play
from scanner_app.workflows.engine.verdict import Result, Verdict
from scanner_app.workflows.library import SCRIPTS
from scanner_app.workflows.lookups.look import Look
from scanner_app.workflows.questions.option import chosen


class Replayed(Struct, frozen=True):
    """A script at a question, and how many of its verdicts brought it there."""

    play: Play
    used: int


def replayed(record: OpenPlay, judged: Judged) -> Replayed | None:
    """Work through as many verdicts as fit, with what was said beside; ``None`` where not even the beginning does."""
    play = begun(record)
    if play is None:
        return None
    _remark(play, judged, 0)
    for used, verdict in enumerate(as_today(judged.verdicts)):
        if not _fits(play, verdict):
            return _again(record, replace(judged, verdicts=judged.verdicts[:used]))
        _remark(play, judged, used + 1)
    return Replayed(play, len(judged.verdicts))


def _remark(play: Play, judged: Judged, used: int) -> None:
    """Say what was said behind so many verdicts."""
    if used in judged.remarks:
        play.said = judged.remarks[used]


_HELD_OPEN = (Result.UNDECIDED, Result.TYPED)
"""Results that a later entry completes: by saying which was meant, or why it was typed."""


def answering(record: OpenPlay, judged: Sequence[Numbered]) -> tuple[Step, ...]:
    """The answers of a script, each with the entries that gave it; not those that were taken back."""
    play = begun(record)
    if play is None:
        return ()
    took: tuple[Took, ...] = ()
    by: dict[int, tuple[Took, ...]] = {}
    for one, verdict in zip(judged, as_today([one.verdict for one in judged]), strict=True):
        result, place = one.verdict.result, len(play.given)
        took = (*took, Took(one.number, _row(play, one)))
        if not _fits(play, verdict):
            break
        by = {at: given_by for at, given_by in by.items() if at < len(play.given)}
        if result is Result.ANSWERED:
            by[place] = took
        if result not in _HELD_OPEN:
            took = () if result in GO_ON else took[:-1]
    return tuple(Step(given.question.slot, given.answer, by.get(at, ())) for at, given in enumerate(play.given))


def _row(play: Play, one: Numbered) -> str:
    """The value of what an entry chose by its number in the list that was shown; empty when it did not."""
    answer = one.verdict.answer
    option = chosen(play.question.choices, one.text) if play.question is not None else None
    if option is None or answer is None:
        return ""
    return option.value if play.undecided is not None or answer.words == option.value else ""


def _again(record: OpenPlay, fitting: Judged) -> Replayed | None:
    """The verdict behind these left the script in the middle of something: set it up anew without that."""
    again = replayed(record, fitting)
    return again if again is not None and again.used == len(fitting.verdicts) else None


def begun(record: OpenPlay) -> Play | None:
    """A script as its record begins it; ``None`` where it does not fit that any more."""
    script = SCRIPTS.get(record.script)
    if script is None:
        return None
    try:
        play = Play(script, record.operator, record.arguments)
        play.typed_before, typed = record.typed.before, dict(record.typed.at)
        for at, value in enumerate(record.sent):
            _tell_unasked(play, value)
            play.resend(value, typed.get(at, ""))
        _tell_unasked(play)
    except Exception:  # noqa: BLE001  a script that raises on what an older one was sent does not fit it
        return None
    play.said = record.said
    return play if play.question is not None else None


def _fits(play: Play, verdict: Verdict) -> bool:
    """Apply a verdict; the script must be at its question before, and at a question after: a replay ends nothing."""
    if verdict.question != play.slot:
        return False
    try:
        play.apply(verdict)
        for value in verdict.looks:
            _tell_unasked(play, value)
            if play.question is not None or play.end is not None:
                return False
            play.tell(value)
        _tell_unasked(play)
    except Exception:  # noqa: BLE001  the same door: what raises does not fit
        return False
    return play.question is not None


def _tell_unasked(play: Play, value: object = None) -> None:
    """Pass by look-ups that are newer than the log: of those that ``value`` does not answer, each that can be."""
    while isinstance(look := play.request, Look) and (unasked := look.unasked) is not None:
        if type(value) is type(unasked):
            return
        play.tell(unasked)  # type: ignore[arg-type]
