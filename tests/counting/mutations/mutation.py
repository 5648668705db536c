"""A rule of counting that is broken on purpose, and the case by which that is noticed."""

from collections.abc import Callable
from typing import Any, NamedTuple

Made = Callable[[Any], Any]


class Mutation(NamedTuple):
    """The ``rule`` that is broken: ``name`` of ``where`` becomes what ``made`` makes of it."""

    rule: str
    where: Any
    name: str
    made: Made


MUTATIONS: dict[Mutation, str] = {}
"""The case, by how its name begins, that notices each."""


def broken(rule: str, where: Any, name: str, noticed: str) -> Callable[[Made], Made]:
    def register(made: Made) -> Made:
        MUTATIONS[Mutation(rule, where, name, made)] = noticed
        return made

    return register
