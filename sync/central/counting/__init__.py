"""Counting: what counts claim at the centre: their lines and closings, the claims made of them, and what these book."""
