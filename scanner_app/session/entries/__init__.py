"""Entries, once they are stored: what becomes of each of them in its session."""
