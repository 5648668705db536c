"""Counting in a session: what a counter is not told, and that somebody was at a count."""
