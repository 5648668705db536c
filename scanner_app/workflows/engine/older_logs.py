"""Logs of older programs: what they looked up otherwise is put where a script of today is told of it."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from scanner_app.workflows.engine.verdict import Verdict
from scanner_app.workflows.lookups.stock import Number, Rows


def as_today(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """How much else is at a place was looked up by itself, behind its rows: today these say whether that is all."""
    done: list[Verdict] = []
    for verdict in verdicts:
        done.append(verdict)
        for number in [value for value in verdict.looks if isinstance(value, Number)]:
            done[-1] = replace(done[-1], looks=tuple(value for value in done[-1].looks if value is not number))
            done = [*_alone(reversed(done))][::-1] if number.count == 0 else done
    return done


def _alone(backwards: Iterator[Verdict]) -> Iterator[Verdict]:
    """The verdicts, the last rows that one of them was told now being all that there is."""
    for verdict in backwards:
        at = max((at for at, value in enumerate(verdict.looks) if isinstance(value, Rows)), default=None)
        if at is not None:
            rows = replace(verdict.looks[at], is_alone=True)
            yield replace(verdict, looks=(*verdict.looks[:at], rows, *verdict.looks[at + 1 :]))
            break
        yield verdict
    yield from backwards
