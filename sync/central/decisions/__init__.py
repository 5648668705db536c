"""Decisions: what waits for somebody to decide it, devices and people, as they are asked about and ordered."""
