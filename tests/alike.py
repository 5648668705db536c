"""Runs of a script that are alike: what is behind two of them is the same, so that one is gone on with for both.

A run goes on only by where it stands and by what it still reads. So of two runs that stand at the same instructions,
with the same values in all that is read from there on, and were given the same answer last, one is gone on with, if it
was not asked more than the other.
"""

import dis
from collections.abc import Collection, Iterator
from functools import cache
from types import CodeType, FrameType, GeneratorType
from typing import Any

from scanner_app.workflows.charts.chart import Path
from scanner_app.workflows.engine.script import Steps

_READS = frozenset({"LOAD_FAST", "LOAD_DEREF", "LOAD_CLOSURE", "LOAD_CLASSDEREF"})
_WRITES = frozenset({"STORE_FAST", "DELETE_FAST"})
_GOES_NO_FURTHER = frozenset({"RETURN_VALUE", "RAISE_VARARGS", "RERAISE"})
_JUMPS_ALWAYS = frozenset({"JUMP_FORWARD", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT"})
_Answers = frozenset[tuple[str, str]]
_Stands = tuple[tuple[CodeType, int, tuple[tuple[str, str], ...]], ...]


class Known:
    """The runs that were gone on with: each by where it stood, and the kinds of answers that it had."""

    def __init__(self) -> None:
        self._runs: dict[tuple[_Stands, tuple[str, str]], list[_Answers]] = {}

    def is_known(self, steps: Steps, path: Path) -> bool:
        """Whether one like it was gone on with; no kind of answer is given twice: one that had fewer goes further."""
        given = [(name, label) for name, label, _value in path if not name.startswith("look ")]
        had, last = frozenset(given), given[-1] if given else ("", "")
        before = self._runs.setdefault((tuple(_standing(steps)), last), [])
        if any(fewer <= had for fewer in before):
            return True
        before.append(had)
        return False


def _standing(steps: Steps) -> Iterator[tuple[CodeType, int, tuple[tuple[str, str], ...]]]:
    """Of each generator of a run: its code, the instruction, and what it still reads."""
    part: Any = steps
    while isinstance(part, GeneratorType):
        frame: FrameType | None = part.gi_frame
        if frame is not None:
            values, read = frame.f_locals, _read_behind(frame.f_code)[frame.f_lasti]
            yield frame.f_code, frame.f_lasti, tuple((name, repr(values[name])) for name in read if name in values)
        part = part.gi_yieldfrom


@cache
def _read_behind(code: CodeType) -> dict[int, Collection[str]]:
    """By each instruction the names whose values may be read behind it, before they are written again."""
    steps = list(dis.get_instructions(code))
    behind = _followers(steps)
    read: list[set[str]] = [set() for _ in steps]
    is_changed = True
    while is_changed:
        is_changed = False
        for at in reversed(range(len(steps))):
            later = {name for follower in behind[at] for name in read[follower]}
            now = _read_at(steps[at]) | (later - _written_at(steps[at]))
            is_changed |= now != read[at]
            read[at] = now
    return {
        step.offset: sorted({name for follower in behind[at] for name in read[follower]})
        for at, step in enumerate(steps)
    }


def _followers(steps: list[dis.Instruction]) -> list[list[int]]:
    """The numbers of the instructions that may come next, by the number of each."""
    numbers = {step.offset: at for at, step in enumerate(steps)}
    found = list[list[int]]()
    for at, step in enumerate(steps):
        ends = step.opname in _GOES_NO_FURTHER | _JUMPS_ALWAYS
        jumps = step.opcode in dis.hasjrel or step.opcode in dis.hasjabs
        found.append([*([] if ends else [at + 1]), *([numbers[step.argval]] if jumps else [])])
    return found


def _read_at(step: dis.Instruction) -> set[str]:
    return {step.argval} if step.opname in _READS else set()


def _written_at(step: dis.Instruction) -> set[str]:
    return {step.argval} if step.opname in _WRITES else set()
