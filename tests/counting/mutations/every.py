"""Every rule that is broken on purpose: those of the files beside this one."""

from tests.counting.mutations import claims, closings, recounts, rows, words
from tests.counting.mutations.mutation import MUTATIONS

__all__ = ["MUTATIONS", "claims", "closings", "recounts", "rows", "words"]
