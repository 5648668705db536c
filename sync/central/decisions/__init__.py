"""Decisions: what waits for a person, a file each source of cases; they are derived from the present book."""
