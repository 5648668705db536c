"""Counting is asserting: what counts (cycle counts, stocktakes) claim, what of it stands, what the book says then."""
