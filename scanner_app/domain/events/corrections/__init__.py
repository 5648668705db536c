"""Corrections: kinds of events by which stock is put right outside a count, each for a reason."""
