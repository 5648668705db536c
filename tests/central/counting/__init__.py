"""Counting at the centre: histories through the real applying code, held against the fold from scratch."""
