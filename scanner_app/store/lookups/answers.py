"""Which look-up is answered by which function: each room of look-ups has such a table of its own."""

from collections.abc import Callable
from typing import Any

from scanner_app.workflows.lookups.kinds import Value
from scanner_app.workflows.lookups.look import Look

Answers = dict[type[Look], Callable[[Any], Value]]
