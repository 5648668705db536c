"""Adjustments that wait, and words on them."""
