"""Approval: which adjustments stay out of the book until somebody accepts them, and what is kept of each."""
