"""What a run of a script stands at: two runs that stand alike are followed by the same (liveness of their locals).

A run goes on only by where it stands and by what it still reads. So of two runs that stand at the same instructions,
with the same values in all that is read from there on, whatever comes of one comes of the other.
"""

import dis
from collections.abc import Collection, Iterator
from functools import cache
from types import CodeType, FrameType, GeneratorType
from typing import Any

from scanner_app.workflows.engine.script import Steps

_VARIABLES = ("FAST", "DEREF", "CLOSURE")
_WRITES = frozenset({"STORE_FAST", "DELETE_FAST", "STORE_FAST_STORE_FAST"})
_GOES_NO_FURTHER = frozenset({"RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS", "RERAISE"})
_JUMPS_ALWAYS = frozenset({"JUMP_FORWARD", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT"})

Standing = tuple[tuple[CodeType, int, tuple[tuple[str, str], ...]], ...]
"""Of each generator of a run: its code, the instruction, and what it still reads."""


def standing(steps: Steps) -> Standing:
    return tuple(_standing(steps))


def _standing(steps: Steps) -> Iterator[tuple[CodeType, int, tuple[tuple[str, str], ...]]]:
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
    """The variables that an instruction reads; one that writes and reads in one counts as reading both."""
    is_reading = any(kind in step.opname for kind in _VARIABLES) and step.opname not in _WRITES | {"STORE_DEREF"}
    return _variables(step) if is_reading else set()


def _written_at(step: dis.Instruction) -> set[str]:
    return _variables(step) if step.opname in _WRITES else set()


def _variables(step: dis.Instruction) -> set[str]:
    """Newer instructions name two at once."""
    return set(step.argval) if isinstance(step.argval, tuple) else {step.argval}
