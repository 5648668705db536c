"""Periods, sums and figures, as pure values."""
